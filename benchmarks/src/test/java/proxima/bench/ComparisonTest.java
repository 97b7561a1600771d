package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.bench.report.Played.ByRows;
import proxima.bench.report.Played.LeftOut;
import proxima.bench.result.Run;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.tables.LossTable;

class ComparisonTest {

  private static final List<Contender> CONTENDERS = Contenders.strategies();
  private static final Suite SUITE = new Suite(
      "test", "", List.of(new Suite.Block(List.of(Catalogue.synthetic("branin").getFirst(), Catalogue.synthetic("cliff-22").getFirst()), 5, 12)), CONTENDERS, List.of(1), 2);

  @TempDir private Path folder;

  private List<Run> play(String file, int workers) throws IOException, InterruptedException {
    return play(new Comparison(SUITE, new Results(folder.resolve(file))), workers);
  }

  private static List<Run> play(Comparison comparison, int workers) throws IOException, InterruptedException {
    comparison.play(workers, _ -> {});
    return comparison.runs();
  }

  private static List<List<Double>> losses(List<Run> runs) {
    return runs.stream().map(r -> r.steps().stream().map(Run.Step::loss).toList()).toList();
  }

  @Test
  void contendersStartAlikeAndResultsDoNotDependOnTheWorkers() throws IOException, InterruptedException {
    List<Run> runs = play("one.csv", 1);
    assertThat(runs).hasSize(2 * 2 * CONTENDERS.size());
    for (Run run : runs) {
      Run first = runs.stream().filter(r -> r.task().equals(run.task()) && r.seed() == run.seed()).findFirst().orElseThrow();
      assertThat(losses(List.of(run)).getFirst().subList(0, 5)).isEqualTo(losses(List.of(first)).getFirst().subList(0, 5));
    }
    assertThat(losses(play("two.csv", 3))).isEqualTo(losses(runs));
  }

  @Test
  void whatACrashCutOffIsPlayedAgainAndTheRestIsNot() throws IOException, InterruptedException {
    List<Run> whole = play("cut.csv", 1);
    Path file = folder.resolve("cut.csv");
    String text = Files.readString(file);
    for (int kept : new int[] {text.length() - 1, text.length() - 40, text.length() / 2, 100, 60}) {
      Files.writeString(file, text.substring(0, kept));
      int known = new Results(file).runs().size();
      List<Run> played = new ArrayList<>();
      Comparison comparison = new Comparison(SUITE, new Results(file));
      comparison.play(1, played::add);
      assertThat(losses(comparison.runs())).isEqualTo(losses(whole));
      assertThat(played).isEqualTo(comparison.runs().subList(known, whole.size()));
      assertThat(losses(new Results(file).runs())).hasSameSizeAs(whole);
      assertThat(Files.readString(file)).as("what was cut off is gone").hasLineCount((int) text.lines().count());
    }
    Files.writeString(file, text + text.substring(text.indexOf('\n') + 1));
    assertThat(new Results(file).runs()).as("twice the same").hasSameSizeAs(whole);
    assertThat(file).hasContent(text);
  }

  /// Fails where it is asked for the third time.
  private record Fragile(String name) implements Contender {
    @Override
    public Player start(Task task, int initial, int workers, long seed) throws InterruptedException {
      Player player = CONTENDERS.getFirst().start(task, initial, workers, seed);
      AtomicInteger asked = new AtomicInteger();
      return new Player() {
        @Override
        public Point ask() throws InterruptedException {
          if (asked.incrementAndGet() == 3) {
            throw new ContenderException("out of luck, \"again\"\nand again");
          }
          return player.ask();
        }

        @Override
        public void tell(Point x, Outcome outcome) throws InterruptedException {
          player.tell(x, outcome);
        }
      };
    }
  }

  @Test
  void whoChoosesAmongRowsIsKnown() {
    Map<Point, List<Double>> losses = new LinkedHashMap<>();
    IntStream.range(0, 9).forEach(i -> losses.put(Point.of(i / 9.0), List.of((double) i)));
    LossTable table = new LossTable(SearchSpace.of(Parameter.real("x", 0, 1)), losses);
    TaskEntry rows = TaskEntry.recorded("rows", table.digest(), () -> TableTask.of(table));
    Contender peer = new PeerContender("peer", List.of("none"), Optional.empty(), Contenders.LIMIT);
    List<Contender> all = Stream.concat(CONTENDERS.stream(), Stream.of(peer)).toList();
    Suite suite = new Suite("rows", "", List.of(SUITE.blocks().getFirst(), new Suite.Block(List.of(rows), 2, 5)), all, List.of(1), 1);
    assertThat(suite.byRows().tasks()).containsExactly("rows");
    assertThat(suite.byRows().choosing()).contains("proxima", "forest", "random").doesNotContain("peer", "sobol", "cma-es", "trust-region-random");
    assertThat(SUITE.byRows()).isEqualTo(ByRows.NONE);
  }

  private record Absent(String name) implements Contender {
    @Override
    public Optional<String> lacks() {
      return Optional.of("no Python");
    }

    @Override
    public Player start(Task task, int initial, int workers, long seed) {
      throw new ContenderException("was started");
    }
  }

  @Test
  void aContenderThatFailsKeepsWhatItHasAndTheRestGoesOn() throws IOException, InterruptedException {
    Suite suite = new Suite("failures", "", SUITE.blocks(), List.of(new Fragile("fragile"), new Absent("absent"), CONTENDERS.getLast()), List.of(1), 1);
    Path file = folder.resolve("failures.csv");
    Comparison comparison = new Comparison(suite, new Results(file));
    assertThat(comparison.leftOut()).containsExactly(new LeftOut("absent", "no Python"));
    List<Run> runs = play(comparison, 1);
    assertThat(runs).hasSize(comparison.size()).extracting(Run::contender).doesNotContain("absent");
    Run failed = runs.getFirst();
    assertThat(failed.failure()).contains("out of luck; 'again' and again");
    assertThat(failed.steps()).hasSize(5 + 2);
    assertThat(runs.stream().filter(r -> r.failure().isEmpty())).allMatch(r -> r.steps().size() == r.trials());

    assertThat(new Results(file).runs()).as("as it was read").isEqualTo(runs);
    String text = Files.readString(file);
    play(new Comparison(suite, new Results(file)), 1);
    assertThat(Files.readString(file)).as("a failure is not played again").isEqualTo(text);
    Files.writeString(file, text.lines().filter(l -> !l.contains("out of luck")).map(l -> l + "\n").collect(Collectors.joining()));
    List<Run> again = play(new Comparison(suite, new Results(file)), 1);
    assertThat(losses(again)).as("unless its line is deleted").isEqualTo(losses(runs));
    assertThat(again).extracting(Run::failure).isEqualTo(runs.stream().map(Run::failure).toList());
  }
}
