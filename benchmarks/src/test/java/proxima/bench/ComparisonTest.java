package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

  private static final List<Contender> CONTENDERS = Contenders.all();
  private static final Suite SUITE = new Suite(
      List.of(new Suite.Block(List.of(Catalogue.synthetic("branin"), Catalogue.synthetic("cliff-22")), 5, 12)), CONTENDERS, 2);

  @TempDir private Path folder;

  private List<Run> play(String file, int workers) throws IOException, InterruptedException {
    return new Comparison(SUITE, new Results(folder.resolve(file))).play(workers, _ -> {});
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
      List<Run> again = new Comparison(SUITE, new Results(file)).play(1, played::add);
      assertThat(losses(again)).isEqualTo(losses(whole));
      assertThat(played).hasSize(whole.size());
      assertThat(played.subList(0, known)).isEqualTo(again.subList(0, known));
      assertThat(losses(new Results(file).runs())).hasSameSizeAs(whole);
    }
  }
}
