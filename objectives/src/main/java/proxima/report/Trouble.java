package proxima.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import proxima.chart.Block;
import proxima.space.CategoricalParameter;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.study.StoredStudy;
import proxima.study.TrialResult;

/// Trainings that diverged or failed.
final class Trouble {

  private static final int MOST = 40;
  private static final int ROWS = 1000; // folded ones too
  private static final int EXTREMES = 3;
  private static final int FEWEST = 3; // to compare means
  // Of the half range: nearer to the middle a value is not called extreme.
  private static final double EXTREME = 0.5;

  private Trouble() {}

  static Block.Section section(ReportData data) {
    List<List<String>> rows = new ArrayList<>();
    for (ReportData.Phase phase : data.phases()) {
      for (TrialResult t : phase.study().trials()) {
        if (t.outcome().filter(o -> o instanceof Outcome.Diverged || o instanceof Outcome.Failed).isPresent()) {
          rows.add(List.of(Names.phase(phase.name()), String.valueOf(t.number()), Trials.outcome(t, data.unit()), extremes(phase.study(), t)));
        }
      }
    }
    List<Block> blocks = new ArrayList<>();
    if (rows.isEmpty()) {
      blocks.add(new Block.Text("No training diverged or failed."));
    } else {
      data.searches().forEach(p -> difference(p).ifPresent(text -> blocks.add(new Block.Text(text))));
      blocks.add(table(rows.subList(0, Math.min(MOST, rows.size()))));
      if (rows.size() > MOST) {
        int end = Math.min(ROWS, rows.size());
        blocks.add(new Block.Folded("and " + (rows.size() - MOST) + " more" + (end < rows.size() ? ", of which " + (end - MOST) + " are shown" : ""), List.of(table(rows.subList(MOST, end)))));
      }
    }
    return new Block.Section("trouble", "Diverged and failed trainings", blocks);
  }

  private static Block table(List<List<String>> rows) {
    return new Block.Table(List.of("Phase", "Trial", "What happened", "Values nearest to an end of their range"), rows, false);
  }

  private static String extremes(StoredStudy study, TrialResult t) {
    List<Parameter> parameters = study.space().parameters();
    List<Integer> offsets = offsets(parameters);
    List<String> texts =
        IntStream.range(0, parameters.size())
            .filter(i -> !(parameters.get(i) instanceof CategoricalParameter) && t.configuration().get(parameters.get(i).name()).isPresent())
            .boxed()
            .filter(i -> distance(t, offsets.get(i)) > EXTREME)
            .sorted(Comparator.comparingDouble(i -> -distance(t, offsets.get(i))))
            .limit(EXTREMES)
            .map(i -> Names.parameter(parameters.get(i).name()) + " " + value(study, t, parameters.get(i).name()))
            .toList();
    return texts.isEmpty() ? "none is near an end" : String.join(", ", texts);
  }

  private static List<Integer> offsets(List<Parameter> parameters) {
    List<Integer> offsets = new ArrayList<>();
    int offset = 0;
    for (Parameter p : parameters) {
      offsets.add(offset);
      offset += p.width();
    }
    return offsets;
  }

  /// 0 in the middle of the range, 1 at its ends.
  private static double distance(TrialResult t, int coordinate) {
    return Math.abs(2 * t.point().get(coordinate) - 1);
  }

  private static String value(StoredStudy study, TrialResult t, String parameter) {
    return ModuleFactors.isOfFactors(study.space())
        ? Factor.text(Math.log(t.configuration().real(parameter)) / Math.log(2))
        : t.configuration().get(parameter).map(Names::value).orElse("");
  }

  /// What sets diverged trials apart: the parameters whose mean differs most from that of finished ones.
  private static Optional<String> difference(ReportData.Phase phase) {
    List<TrialResult> diverged = phase.study().trials().stream().filter(t -> t.outcome().isPresent() && t.outcome().get() instanceof Outcome.Diverged).toList();
    List<TrialResult> finished = phase.study().trials().stream().filter(t -> t.loss().isPresent()).toList();
    List<Parameter> parameters = phase.study().space().parameters();
    List<Integer> offsets = offsets(parameters);
    double[] scores = IntStream.range(0, parameters.size()).mapToDouble(i -> score(with(diverged, parameters.get(i)), with(finished, parameters.get(i)), offsets.get(i))).toArray();
    List<String> texts =
        IntStream.range(0, parameters.size())
            .filter(i -> !(parameters.get(i) instanceof CategoricalParameter))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -Math.abs(scores[i])))
            .limit(EXTREMES)
            .filter(i -> Math.abs(scores[i]) > 2)
            .map(i -> Names.parameter(parameters.get(i).name()) + (scores[i] > 0 ? " (higher)" : " (lower)"))
            .toList();
    return texts.isEmpty()
        ? Optional.empty()
        : Optional.of(Names.phase(phase.name()) + ": diverged trainings differ from finished ones most in " + String.join(", ", texts) + ".");
  }

  /// Those in which a parameter is active.
  private static List<TrialResult> with(List<TrialResult> trials, Parameter p) {
    return trials.stream().filter(t -> t.configuration().get(p.name()).isPresent()).toList();
  }

  /// The difference of means in its standard errors; 0 where either is of fewer than 3.
  private static double score(List<TrialResult> a, List<TrialResult> b, int coordinate) {
    if (a.size() < FEWEST || b.size() < FEWEST) {
      return 0;
    }
    double[] ma = moments(a, coordinate);
    double[] mb = moments(b, coordinate);
    double error = Math.sqrt(ma[1] / a.size() + mb[1] / b.size());
    return error > 0 ? (ma[0] - mb[0]) / error : 0;
  }

  private static double[] moments(List<TrialResult> trials, int coordinate) {
    double mean = trials.stream().mapToDouble(t -> t.point().get(coordinate)).average().orElse(0);
    double variance = trials.stream().mapToDouble(t -> Math.pow(t.point().get(coordinate) - mean, 2)).sum() / Math.max(1, trials.size() - 1);
    return new double[] {mean, variance};
  }
}
