package proxima.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proxima.chart.Axis;
import proxima.chart.Block;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;

/// Which parameters the loss depends on, by the length scales of the model.
final class Sensitivity {

  private static final double WIDTH = 920;
  private static final double RIGHT = 150;
  private static final double ROW = 25;
  private static final int MOST = 20;

  private Sensitivity() {}

  static Block.Section section(Optional<Surrogate> model) {
    List<Block> blocks = new ArrayList<>();
    if (model.isEmpty()) {
      blocks.add(new Block.Text("Too few trials have finished to fit a model: 5 with differing losses are needed."));
    } else {
      Surrogate m = model.get();
      blocks.add(
          new Block.Figure(
              picture(m),
              "Longer bars: the loss changes faster along this parameter (1 / l², l being the length scale of the fitted Gaussian process as a share of the parameter's"
                  + " range). The dashed line is what a parameter gets of which the data say nothing; grey bars do not pass it."));
      blocks.add(
          new Block.Text(
              "Model: Matérn 5/2 on " + m.warp() + ", " + Format.count(m.trials().size(), "trial") + (m.leftOut() > 0 ? " of " + (m.trials().size() + m.leftOut()) + ", half of them the best, half evenly of the others" : "")
                  + "; noise variance " + Format.number(m.process().posterior().noise()) + " of a total of about 1."));
    }
    return new Block.Section("sensitivity", "What the loss depends on", blocks);
  }

  private static Picture picture(Surrogate m) {
    Picture.Pen pen = Picture.pen();
    List<Surrogate.Coordinate> top = m.byRelevance().stream().limit(MOST).toList();
    double left = Math.min(320, 20 + top.stream().mapToDouble(c -> Picture.widthOf(c.label(), Picture.TEXT)).max().orElse(0));
    double most = Math.max(m.relevance(top.getFirst()), 1.3 * m.priorRelevance());
    Axis x = Axis.linear(0, most, left, WIDTH - RIGHT);
    double y = 26;
    double bottom = y + ROW * top.size();
    for (Surrogate.Coordinate c : top) {
      pen.label(left - 12, y + ROW / 2 + 5, c.label(), Anchor.END, Ink.TEXT);
      double end = Math.max(2, x.at(m.relevance(c)) - left);
      boolean learned = m.relevance(c) > m.priorRelevance();
      pen.box(left, y + 4, end, ROW - 8, 3, learned ? Paint.of(Ink.BLUE) : new Paint(Ink.GREY, 0.6), c.label() + ": l = " + Format.number(m.lengthscale(c)));
      String text = Format.number(m.relevance(c)) + "  (l = " + Format.number(m.lengthscale(c)) + ")";
      pen.small(Math.max(left + end, x.at(m.priorRelevance())) + 8, y + ROW / 2 + 4, text, Anchor.START, Ink.MUTED);
      y += ROW;
    }
    pen.dashed(x.at(m.priorRelevance()), 20, x.at(m.priorRelevance()), bottom + 2, Ink.MUTED, 1.2);
    pen.small(x.at(m.priorRelevance()) + 4, 14, "no data: " + Format.number(m.priorRelevance()), Anchor.START, Ink.MUTED);
    int more = m.coordinates().size() - top.size();
    if (more > 0) {
      pen.small(left, bottom + 18, "and " + more + " with shorter bars", Anchor.START, Ink.MUTED);
    }
    return pen.picture("sensitivity", WIDTH, bottom + (more > 0 ? 26 : 8), "Relevance of the parameters, 1 over squared length scale");
  }
}
