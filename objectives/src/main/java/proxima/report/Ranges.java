package proxima.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import proxima.chart.Axis;
import proxima.chart.Block;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.space.CategoricalParameter;
import proxima.space.IntegerParameter;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.Value;
import proxima.study.TrialResult;

/// Where in its range each parameter's chosen value lies, with those of the next best trials.
final class Ranges {

  private static final double WIDTH = 920;
  private static final double RIGHT = 190;
  private static final double ROW = 40;
  private static final int ALSO = 10;

  private Ranges() {}

  static Block.Figure figure(ReportData.Phase phase, Chosen chosen) {
    return new Block.Figure(
        picture(phase, chosen),
        "Each line is a parameter's range, the large dot its value (" + chosen.label()
            + "), small dots those of the " + ALSO + " best trials" + (phase.study().space().parameters().stream().allMatch(p -> p.condition().isEmpty()) ? "" : ", where they have one")
            + ". A dot at an end says that a wider range may hold a better value.");
  }

  private static Picture picture(ReportData.Phase phase, Chosen chosen) {
    Picture.Pen pen = Picture.pen();
    List<Parameter> parameters = phase.study().space().parameters();
    List<TrialResult> best =
        phase.study().trials().stream().filter(t -> t.loss().isPresent()).sorted(Comparator.comparingDouble(t -> t.loss().orElseThrow())).limit(ALSO).toList();
    double left = 30 + parameters.stream().mapToDouble(p -> Picture.widthOf(Names.parameter(p.name()), Picture.TEXT)).max().orElse(0);
    left = Math.min(left, 320);
    int offset = 0;
    int row = 0;
    for (Parameter p : parameters) {
      double y = 22 + ROW * row++;
      pen.label(left - 20, y + 5, Names.parameter(p.name()), Anchor.END, Ink.TEXT);
      String value = chosen.configuration().get(p.name()).map(v -> text(p.name(), v)).orElse("not active");
      pen.bold(WIDTH - RIGHT + 24, y + 5, value, Anchor.START, Ink.TEXT);
      if (p instanceof CategoricalParameter c) {
        pen.small(left, y + 5, "one of " + String.join(", ", c.choices()), Anchor.START, Ink.MUTED);
      } else {
        Axis x = Axis.linear(0, 1, left, WIDTH - RIGHT);
        pen.line(left, y, WIDTH - RIGHT, y, Ink.AXIS, 2);
        int at = offset;
        best.stream().filter(t -> t.configuration().get(p.name()).isPresent()).forEach(t -> pen.dot(x.at(t.point().get(at)), y, 3.5, new Paint(Ink.BLUE, 0.35), "trial " + t.number()));
        if (chosen.configuration().get(p.name()).isPresent()) {
          pen.dot(x.at(chosen.point().get(offset)), y, 7, Paint.of(phase.name().equals("global") ? Ink.AMBER : Ink.BLUE), Names.parameter(p.name()) + " = " + value);
        }
        pen.small(left, y + 18, low(p), Anchor.START, Ink.MUTED);
        pen.small(WIDTH - RIGHT, y + 18, high(p), Anchor.END, Ink.MUTED);
      }
      offset += p.width();
    }
    return pen.picture("values-" + phase.name(), WIDTH, 22 + ROW * parameters.size(), "Chosen values of phase " + phase.name() + " within their ranges");
  }

  /// A value, and the beta of a searched 1 - beta.
  private static String text(String name, Value value) {
    return name.startsWith("1-beta") && value instanceof Value.Real(double v)
        ? Format.number(v) + "  (" + name.substring(2).replace("beta", "β") + " = " + String.format(Locale.ROOT, "%.4f", 1 - v) + ")"
        : Names.value(value);
  }

  private static String low(Parameter p) {
    return switch (p) {
      case RealParameter r -> Format.number(r.low());
      case IntegerParameter i -> Long.toString(i.low());
      case CategoricalParameter c -> c.choices().getFirst();
    };
  }

  private static String high(Parameter p) {
    return switch (p) {
      case RealParameter r -> Format.number(r.high());
      case IntegerParameter i -> Long.toString(i.high());
      case CategoricalParameter c -> c.choices().getLast();
    };
  }
}
