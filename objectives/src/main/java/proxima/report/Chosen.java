package proxima.report;

import java.util.Optional;
import proxima.space.Configuration;
import proxima.space.Point;
import proxima.strategy.Knowledge;
import proxima.strategy.Recommendation;
import proxima.study.StoredStudy;

/// The point that pictures are drawn through: what the run recommends, or the best trial so far.
///
/// @param label `recommended`, `the best so far`, `adopted, by posterior mean` or `trial 17, the lowest loss`
record Chosen(Point point, Configuration configuration, String label) {

  private static final String RECOMMENDED = "recommended";

  boolean isRecommended() {
    return label.equals(RECOMMENDED);
  }

  static Optional<Chosen> of(ReportData data, StoredStudy study) {
    String label = data.isSettled() ? RECOMMENDED : "the best so far";
    Optional<Chosen> recommended =
        data.recommended().flatMap(c -> Trials.pointOf(study.space(), c)).map(p -> new Chosen(p, study.space().decode(p), label));
    return recommended.or(() -> bestOf(study));
  }

  /// The global values that factors multiply: of the trials the best by posterior mean, as the run takes it.
  static Optional<Chosen> global(ReportData data, StoredStudy study) {
    String label = data.tuned().isPresent() ? "adopted, by posterior mean" : "the best so far, by posterior mean";
    Knowledge known = study.knowledge();
    return Recommendation.best(known, 1).stream().findFirst().map(i -> known.evaluations().get(i).point()).map(x -> new Chosen(x, study.space().decode(x), label));
  }

  private static Optional<Chosen> bestOf(StoredStudy study) {
    return Trials.best(study).map(t -> new Chosen(t.point(), t.configuration(), "trial " + t.number() + ", the lowest loss"));
  }
}
