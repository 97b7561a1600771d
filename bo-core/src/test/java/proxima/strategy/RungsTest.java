package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.gp.Warp;
import proxima.space.Outcome;
import proxima.space.Outcome.CurvePoint;
import proxima.space.Point;

class RungsTest {

  private static List<CurvePoint> curve(double... losses) {
    return IntStream.range(0, losses.length).mapToObj(i -> new CurvePoint(i + 1, losses[i])).toList();
  }

  private static Outcome finished(double... losses) {
    return new Outcome.Finished(losses[losses.length - 1], curve(losses));
  }

  private static Outcome stopped(double... losses) {
    return new Outcome.Stopped(losses.length, losses[losses.length - 1], curve(losses));
  }

  /// Of those trials, the losses do not matter: their courses do.
  private static double[] scores(List<Outcome> outcomes) {
    return Rungs.of(outcomes).losses(Collections.nCopies(outcomes.size(), 0.0));
  }

  private static double score(double share) {
    return new NormalDistribution(null, 0, 1).inverseCumulativeProbability(share);
  }

  @Test
  void whereNoneWasStoppedPointsAndLossesStayAsTheyAre() {
    Rungs rungs = Rungs.of(List.of(finished(3, 2), new Outcome.Diverged(1)));
    assertThat(rungs).isSameAs(Rungs.NONE);
    List<Point> points = List.of(Point.of(0.1), Point.of(0.2));
    assertThat(rungs.inputs(points)).isSameAs(points);
    assertThat(rungs.ends(points)).isSameAs(points);
    assertThat(rungs.losses(List.of(2.0, Double.POSITIVE_INFINITY))).containsExactly(2, Double.POSITIVE_INFINITY);
  }

  @Test
  void aStoppedTrialKeepsThePlaceThatItHadAtItsRung() {
    // At step 2: 5, 4, 3 and 1; the last two went on and end at 2 and 0.
    double[] scores = scores(List.of(stopped(9, 5), stopped(9, 4), finished(9, 3, 2), finished(9, 1, 0)));
    assertThat(scores).containsExactly(score(3.5 / 4), score(2.5 / 4), score(1.5 / 4), score(0.5 / 4));
  }

  @Test
  void thoseThatWentOnAreComparedFurtherUp() {
    // The order at step 2 turns round at the end; the stopped one was between them.
    double[] scores = scores(List.of(finished(9, 1, 7), stopped(9, 2), finished(9, 3, 5)));
    // Each beats one: a tie of three.
    assertThat(scores).containsExactly(score(0.5), score(0.5), score(0.5));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aRungAloneIsARankCopula(long seed) {
    double[] losses = new Random(seed).doubles(20).toArray();
    losses[7] = losses[3];
    List<Outcome> all = DoubleStream.of(losses).mapToObj(loss -> stopped(1, loss)).toList();
    assertThat(scores(all)).containsExactly(Warp.of(Warp.Kind.RANK, losses).targets(), Offset.offset(1e-14));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theOrderOfTrialsDoesNotMatter(long seed) {
    Random random = new Random(seed);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      double[] losses = random.doubles(5).toArray();
      outcomes.add(switch (i % 5) {
        case 0, 1 -> stopped(losses[0], losses[1]);
        case 2 -> stopped(losses[0], losses[1], losses[2], losses[3]);
        case 3 -> finished(losses);
        default -> new Outcome.Diverged(i);
      });
    }
    double[] scores = scores(outcomes);
    List<Integer> order = new ArrayList<>(IntStream.range(0, 30).boxed().toList());
    Collections.shuffle(order, random);
    double[] shuffled = scores(order.stream().map(outcomes::get).toList());
    assertThat(shuffled).containsExactly(order.stream().mapToDouble(i -> scores[i]).toArray());
  }

  @Test
  void divergedTrialsStaySoAndWhatHasNoCurveIsWhatItEndedAt() {
    double[] scores = scores(List.of(new Outcome.Diverged(4), Outcome.of(3), stopped(2), new Outcome.Stopped(1, 1, List.of())));
    assertThat(scores).containsExactly(Double.POSITIVE_INFINITY, score(2.5 / 3), score(1.5 / 3), score(0.5 / 3));
  }

  @Test
  void theStepIsOneMoreCoordinate() {
    Rungs rungs = Rungs.of(List.of(stopped(9), stopped(9, 9), finished(9, 9, 9, 9), new Outcome.Diverged(1), new Outcome.Stopped(0, 1, List.of())));
    List<Point> points = Collections.nCopies(5, Point.of(0.25));
    assertThat(rungs.inputs(points)).containsExactly(Point.of(0.25, 0.8), Point.of(0.25, 0.9), Point.of(0.25, 1), Point.of(0.25, 1), Point.of(0.25, 0));
    assertThat(rungs.ends(points.subList(0, 1))).containsExactly(Point.of(0.25, 1));
  }

  @Test
  void stoppedTrialsTellTheModelWhereNotToLook() {
    // The bowl's bottom at 0.8 is seen through stopped trials alone; all that finished lie on the other side.
    List<Evaluation> known = new ArrayList<>();
    for (double x : new double[] {0.05, 0.15, 0.25}) {
      known.add(new Evaluation(Point.of(x), java.util.Optional.of(finished(bowl(x) + 1, bowl(x))), true));
    }
    for (double x : new double[] {0.02, 0.35, 0.45, 0.95}) {
      known.add(new Evaluation(Point.of(x), java.util.Optional.of(stopped(bowl(x) + 1)), true));
    }
    Point next = new GpStrategy(InitialDesign.cube(0), GpOptions.general()).suggest(new Knowledge(StrategyContract.cube(1), 1, known));
    assertThat(next.get(0)).isBetween(0.55, 0.93);
    assertThat(Arrays.stream(Observations.of(new Knowledge(StrategyContract.cube(1), 1, known), new Cells(StrategyContract.cube(1))).lossArray())).allMatch(Double::isFinite);
  }

  private static double bowl(double x) {
    return (x - 0.8) * (x - 0.8);
  }
}
