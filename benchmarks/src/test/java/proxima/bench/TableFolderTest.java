package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.Seeds;

class TableFolderTest {

  private static final String HEADER = "lr,beta1,layers,kind,loss,loss_00\n";

  @TempDir private Path folder;

  @BeforeEach
  void writeSpace() throws IOException {
    Files.writeString(folder.resolve("space.json"), """
        {"suite": "s", "parameters": [
          {"name": "lr", "type": "real", "low": 0.001, "high": 0.1, "log": true},
          {"name": "beta1", "type": "real", "low": 0.5, "high": 0.99, "log": false, "note": "search in log(1 - beta)"},
          {"name": "layers", "type": "int", "low": 1, "high": 3, "log": false},
          {"name": "kind", "type": "categorical", "choices": ["a", "b"]}]}
        """);
  }

  private void write(String rows) throws IOException {
    Files.writeString(folder.resolve("t.csv"), HEADER + rows);
  }

  @Test
  void aTrialLooksItsRowUp() throws IOException {
    write("0.01,0.9,1,a,3,9\n0.1,0.5,3,b,1,9\n0.001,0.99,2,b,,9\n0.01,0.9,1,a,4,9\n0.02,0.9,1,a,2,9\n");
    TableFolder tables = new TableFolder(folder);
    assertThat(tables.tasks()).containsExactly("t");
    TableTask task = TableTask.of(tables.table("t"));
    assertThat(task.rows()).as("a row that stands there already is left out").hasSize(4);
    assertThat(task.best()).isEqualTo(1);
    assertThat(task.median()).as("of 1, 2, 3: the diverged row has no part").isEqualTo(2);
    Point fast = task.rows().get(1);
    assertThat(task.observe(fast, Seeds.random(1))).isEqualTo(Outcome.of(1));
    assertThat(task.observe(task.rows().get(2), Seeds.random(1))).isEqualTo(new Outcome.Diverged(0));
    assertThat(task.regret(task.value(fast))).isZero();
    assertThat(task.space().decode(fast).real("1-beta1")).isEqualTo(0.5);
    assertThat(task.space().decode(task.rows().getFirst()).real("lr")).isCloseTo(0.01, within(1e-15)); // rounding of exp(log)
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "0.01,0.9,1,a,3,9 | fast,0.9,1,a,3,9;t.csv:3: column 'lr': needs a finite number, got 'fast'",
    "0.01,0.9,1,c,3,9;t.csv:2: column 'kind': must be one of [a, b], got 'c'",
    "0.01,0.9,1,a;t.csv:2: has 4 cells, the header 6",
    "0.01,0.9,1,a,NaN,9;t.csv:2: column 'loss': needs a finite number, got 'NaN'",
    "0.01,0.9,1,a,3,9;t.csv: a table needs rows with finite losses"})
  void whatIsWrongIsSaidWithItsLineAndColumn(String rows, String message) throws IOException {
    write(rows.replace(" | ", "\n") + "\n");
    assertThatThrownBy(() -> new TableFolder(folder).table("t")).isInstanceOf(TableException.class).hasMessageContaining(message);
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Files.writeString(folder.resolve("u.csv"), "lr,beta1,layers,loss\n");
    assertThatThrownBy(() -> new TableFolder(folder).table("u")).hasMessageContaining("u.csv:1: has no column 'kind'");
    assertThatThrownBy(() -> new TableFolder(folder).table("v")).hasMessageContaining("v.csv: no such file");
    Files.writeString(folder.resolve("space.json"), "{\"parameters\": [{\"name\": \"x\", \"type\": \"float\"}]}");
    assertThatThrownBy(() -> new TableFolder(folder)).hasMessageContaining("space.json: parameter 'x' needs the type real, int or categorical, got 'float'");
  }
}
