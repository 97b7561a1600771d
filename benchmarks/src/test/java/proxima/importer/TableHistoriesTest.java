package proxima.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.InputException;
import proxima.history.ImportOptions;
import proxima.history.Imported;
import proxima.history.NamedLayout;
import proxima.space.Outcome;
import proxima.space.TaskHistory;

class TableHistoriesTest {

  @TempDir private Path folder;

  private static List<Imported> read(String layout, Path source) throws IOException, InterruptedException {
    NamedLayout named = TableHistories.layouts().stream().filter(l -> l.name().equals(layout)).findFirst().orElseThrow();
    return named.layout().read(source, ImportOptions.NONE);
  }

  @Test
  void tasksOfHpoBAreHistories() throws IOException, InterruptedException {
    List<Imported> all = read("hpo-b", Path.of("src/test/resources/proxima/importer/hpob-data"));
    assertThat(all).filteredOn(Imported.LeftOut.class::isInstance).extracting(i -> ((Imported.LeftOut) i).task()).containsExactly("9001/37", "9001/44");
    List<TaskHistory> histories = all.stream().filter(Imported.Read.class::isInstance).map(i -> ((Imported.Read) i).history()).toList();
    assertThat(histories).extracting(TaskHistory::task).containsExactly("9001/31", "9001/50", "9002/31");
    // Of accuracies 0.75, 0.5, 0.875, none, 0.25, 0.5, none, 0.8125.
    assertThat(histories.getFirst().entries()).extracting(TaskHistory.Entry::outcome).containsExactly(
        Outcome.of(0.25), Outcome.of(0.5), Outcome.of(0.125), new Outcome.Diverged(0), Outcome.of(0.75), Outcome.of(0.5), new Outcome.Diverged(0), Outcome.of(0.1875));
  }

  @Test
  void rowsAndReplicatesOfATableAreTrials() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("space.json"), "{\"parameters\": [{\"name\": \"x\", \"type\": \"real\", \"low\": 0, \"high\": 1}]}");
    Files.writeString(folder.resolve("t.csv"), "x,loss\n0.5,1\n0.25,2\n0.5,1.5\n1,\n");
    TaskHistory history = ((Imported.Read) read("tables", folder).getFirst()).history();
    assertThat(history.entries()).extracting(e -> e.configuration().real("x")).containsExactly(0.5, 0.5, 0.25, 1.0);
    assertThat(history.entries()).extracting(TaskHistory.Entry::outcome).containsExactly(Outcome.of(1), Outcome.of(1.5), Outcome.of(2), new Outcome.Diverged(0));
    Files.writeString(folder.resolve("begun.csv"), "x,loss\n");
    assertThat(read("tables", folder)).as("one that is being recorded is left out").extracting(Imported::getClass).isEqualTo(List.of(Imported.LeftOut.class, Imported.Read.class));
    assertThatThrownBy(() -> read("tables", folder.resolve("t.csv"))).isInstanceOf(InputException.class).hasMessageContaining("is no folder of tables");
  }
}
