package proxima.report;

import java.util.List;
import proxima.chart.Axis;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Paint;
import proxima.space.Outcome;
import proxima.study.TrialResult;

/// Trials that are too many for marks of their own: losses are small, pale dots, and shares stand for crosses and rings that would cover each other.
final class Crowd {

  // Marks of 1,000 trials have less than a pixel each.
  private static final int FEW = 1000;

  private static final int STRETCHES = 100;
  private static final double STRIP = 18; // the height of a share of 1

  // The best can be pointed at; a hint for each trial would be most of the page.
  private static final int HINTS = 500;

  private Crowd() {}

  static boolean is(List<TrialResult> trials) {
    return trials.size() > FEW;
  }

  /// @param trials of which one has finished at least
  /// @param top of the losses; the shares stand above it
  static void draw(Picture.Pen pen, List<TrialResult> trials, Axis x, Axis y, double top, String unit) {
    double[] losses = trials.stream().filter(t -> t.loss().isPresent()).mapToDouble(t -> t.loss().orElseThrow()).sorted().toArray();
    double hinted = losses[Math.min(HINTS, losses.length) - 1];
    for (TrialResult t : trials) {
      t.outcome().ifPresent(outcome -> {
        switch (outcome) {
          case Outcome.Finished(double loss, _, _) when loss > y.high() -> pen.triangle(x.at(t.number()), top + 8, 3, new Paint(Ink.BLUE, 0.4));
          case Outcome.Finished(double loss, _, _) ->
              pen.dot(x.at(t.number()), y.clipped(loss), 1.4, new Paint(t.asked() ? Ink.BLUE : Ink.AMBER, 0.45), loss <= hinted ? Trials.hint(t, unit) : "");
          case Outcome.Stopped(_, double loss, _) -> pen.dot(x.at(t.number()), y.clipped(loss), 1.1, new Paint(Ink.MUTED, 0.3), "");
          case Outcome.Diverged _, Outcome.Failed _ -> {}
        }
      });
    }
    for (int k = 0; k < STRETCHES; k++) {
      shares(pen, trials.subList(k * trials.size() / STRETCHES, (k + 1) * trials.size() / STRETCHES), x, top - 2);
    }
  }

  /// Of trials in a row, which part diverged, and above it which part failed.
  private static void shares(Picture.Pen pen, List<TrialResult> row, Axis x, double bottom) {
    double diverged = count(row, Outcome.Diverged.class);
    double failed = count(row, Outcome.Failed.class);
    double left = x.at(row.getFirst().number() - 0.5);
    double width = x.at(row.getLast().number() + 0.5) - left;
    String of = " of the trials " + row.getFirst().number() + " to " + row.getLast().number();
    bar(pen, left, bottom, width, diverged / row.size(), Ink.RED, Math.round(diverged) + of + " diverged");
    bar(pen, left, bottom - STRIP * diverged / row.size(), width, failed / row.size(), Ink.MUTED, Math.round(failed) + of + " failed");
  }

  private static long count(List<TrialResult> row, Class<? extends Outcome> kind) {
    return row.stream().flatMap(t -> t.outcome().stream()).filter(kind::isInstance).count();
  }

  private static void bar(Picture.Pen pen, double left, double bottom, double width, double share, Ink ink, String hint) {
    if (share > 0) {
      pen.box(left, bottom - STRIP * share, width, STRIP * share, 0, new Paint(ink, 0.8), hint);
    }
  }
}
