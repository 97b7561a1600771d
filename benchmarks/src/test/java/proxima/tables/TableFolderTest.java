package proxima.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxima.cli.InputException;
import proxima.space.Configuration;
import proxima.space.Point;

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
  void aPointHasTheLossesOfItsRows() throws IOException {
    write("0.01,0.9,1,a,3,9\n0.1,0.5,3,b,1,9\n0.001,0.99,2,b,,9\n0.01,0.9,1,a,4,9\n0.02,0.9,1,a,2,9\n");
    TableFolder tables = new TableFolder(folder);
    assertThat(tables.tasks()).containsExactly("t");
    LossTable table = tables.table("t");
    assertThat(table.points()).as("a row that stands there already is a replicate").hasSize(4).first().extracting(table.losses()::get).isEqualTo(List.of(3.0, 4.0));
    assertThat(table.points().stream().map(table::loss)).containsExactly(3.0, 1.0, Double.POSITIVE_INFINITY, 2.0);
    assertThat(table.noise()).isCloseTo(Math.sqrt(0.5), within(1e-15)); // rounding
    Point first = table.points().getFirst();
    assertThat(table.space().decode(table.points().get(1)).real("1-beta1")).isEqualTo(0.5);
    assertThat(table.space().decode(first).real("lr")).isCloseTo(0.01, within(1e-15)); // rounding of exp(log)
    assertThatThrownBy(() -> table.loss(Point.of(0.1, 0.1, 0.1, 0, 1))).hasMessageContaining("no row of the table is at");
  }

  @Test
  void theCellOfAParameterThatIsNotActiveIsNotRead() throws IOException {
    Files.writeString(folder.resolve("space.json"), """
        {"parameters": [
          {"name": "kernel", "type": "categorical", "choices": ["linear", "radial"]},
          {"name": "gamma", "type": "real", "low": 0, "high": 1, "when": {"parameter": "kernel", "values": ["radial"]}},
          {"name": "k", "type": "integer", "low": 1, "high": 9}]}
        """);
    Files.writeString(folder.resolve("t.csv"), "k,gamma,kernel,loss\n3,,linear,1\n4,0.5,radial,2\n5,0.5,linear,3\n");
    LossTable table = new TableFolder(folder).table("t");
    List<Configuration> rows = table.points().stream().map(table.space()::decode).toList();
    assertThat(rows).extracting(Configuration::toString).containsExactly("{kernel=linear, k=3}", "{kernel=radial, gamma=0.5, k=4}", "{kernel=linear, k=5}");
    Files.writeString(folder.resolve("t.csv"), "k,gamma,kernel,loss\n3,,radial,1\n");
    assertThatThrownBy(() -> new TableFolder(folder).table("t")).hasMessageContaining("t.csv:2: column 'gamma': needs a finite number, got ''");
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "0.01,0.9,1,a,3,9 | fast,0.9,1,a,3,9;t.csv:3: column 'lr': needs a finite number, got 'fast'",
    "0.01,0.9,1,c,3,9;t.csv:2: column 'kind': must be one of [a, b], got 'c'",
    "0.01,0.9,1,a;t.csv:2: has 4 cells, the header 6",
    "0.01,0.9,1,a,1d,9;t.csv:2: column 'loss': needs a finite number, got '1d'",
    "0.01,0.9,0x1p0,a,1,9;t.csv:2: column 'layers': needs a finite number, got '0x1p0'",
    "0.01,0.9,1,a,-1e308,9 | 0.02,0.9,1,a,0,9 | 0.03,0.9,1,a,1e308,9 | 0.04,0.9,1,a,,9;t.csv:4: column 'loss': is 1.0E308, and -1.0E308 in line 2: they are further apart than a number can say; where a trial diverged the cell is empty",
    "0.01,0.9,1,a,NaN,9;t.csv:2: column 'loss': needs a finite number, got 'NaN'",
    "0.01,0.9,1.5,a,3,9;t.csv:2: column 'layers': needs a whole number from 1 to 3, got '1.5'",
    "0.01,0.9,4,a,3,9;t.csv:2: column 'layers': needs a whole number from 1 to 3, got '4'",
    "0.2,0.9,1,a,3,9;t.csv:2: column 'lr': needs a number from 0.001 to 0.1, as in space.json, got '0.2'",
    "0.01,1.9,1,a,3,9;t.csv:2: column 'beta1': needs a number from 0.5 to 0.99, as in space.json, got '1.9'",
    "0,0.9,1,a,3,9;t.csv:2: column 'lr': needs a number from 0.001 to 0.1, as in space.json, got '0'",
    "0.01,0.9,1,a,3,9 |  | 0.01,0.9,1,a,3,9;t.csv:3: has 1 cells, the header 6",
    "0.01,0.9,1,a,3,9;t.csv: a table needs rows with finite losses"})
  void whatIsWrongIsSaidWithItsLineAndColumn(String rows, String message) throws IOException {
    write(rows.replace(" | ", "\n") + "\n");
    assertThatThrownBy(() -> new TableFolder(folder).table("t")).isInstanceOf(InputException.class).hasMessageContaining(message);
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() throws IOException {
    write("fast,0.9,1,c,3,9\n0.01,0.9\n0.01,0.9,1,a,3,9\n0.01,0.9,1,a,low,9\n");
    Path file = folder.resolve("t.csv");
    assertThat(problems("t")).containsExactly(
        file + ":2: column 'lr': needs a finite number, got 'fast'",
        file + ":2: column 'kind': must be one of [a, b], got 'c'",
        file + ":3: has 2 cells, the header 6",
        file + ":5: column 'loss': needs a finite number, got 'low'");
    write("fast,0.9,1,a,3,9\n".repeat(50));
    assertThat(problems("t")).hasSize(21).last().isEqualTo(file + ": and 30 more like these");
    Files.writeString(folder.resolve("space.json"), "{\"parameters\": [{\"name\": \"x\", \"type\": \"float\"}, 7]}");
    assertThat(problems("t")).containsExactly(
        folder.resolve("space.json") + ": parameter 'x' has the type 'float'; there are real, integer, categorical",
        folder.resolve("space.json") + ": a parameter needs the field 'name', got 7");
  }

  private List<String> problems(String table) {
    return catchThrowableOfType(InputException.class, () -> new TableFolder(folder).table(table)).problems();
  }

  @Test
  void whatSpreadsheetsAddIsLeftOut() throws IOException {
    Files.writeString(folder.resolve("t.csv"), "\uFEFF" + HEADER + "0.01,0.9,1,a,3,9\n0.1005,0.9,2.0,a,1,9\n0.1,0.8,1,a,2,9\n\n\n");
    LossTable table = new TableFolder(folder).table("t");
    assertThat(table.points()).hasSize(3);
    assertThat(table.space().decode(table.points().get(1)).real("lr")).as("a rounded value is clipped").isEqualTo(0.1);
  }

  @Test
  void aColumnStandsThereOnce() throws IOException {
    Files.writeString(folder.resolve("u.csv"), "lr,beta1,layers,kind,loss,loss\n");
    assertThatThrownBy(() -> new TableFolder(folder).table("u")).hasMessageContaining("u.csv:1: has more than one column 'loss'");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Files.writeString(folder.resolve("u.csv"), "lr,beta1,layers\n");
    assertThat(problems("u")).hasSize(2).first().asString().contains("u.csv:1: has no column 'kind'");
    assertThatThrownBy(() -> new TableFolder(folder).table("v")).hasMessageContaining("v.csv: no such file");
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "{\"parameters\": [{\"name\": \"x\", \"type\": \"float\"}]};space.json: parameter 'x' has the type 'float'; there are real, integer, categorical",
    "{\"parameters\": [{\"name\": \"x\", \"type\": \"int\", \"low\": 2}]};space.json: parameter 'x' needs the field 'high'",
    "{\"parameters\": [{\"name\": \"loss\", \"type\": \"real\", \"low\": 0, \"high\": 1}]};space.json: parameter 'loss' has the name of the column of losses; call it otherwise",
    "{\"parameters\": [{\"name\": \"\", \"type\": \"real\", \"low\": 0, \"high\": 1}]};space.json: a parameter needs a name, got ''",
    "{\"parameters\": []};space.json: needs a list 'parameters' with one at least",
    "{\"parameters\": [7]};space.json: a parameter needs the field 'name', got 7",
    "{\"parameters\": [{] }};space.json:1:18: Unexpected close marker ']'"})
  void aSpaceThatIsNoneIsSaidToBe(String json, String message) throws IOException {
    Files.writeString(folder.resolve("space.json"), json);
    assertThatThrownBy(() -> new TableFolder(folder)).isInstanceOf(InputException.class).hasMessageContaining(message);
  }

  @Test
  void aLineWithoutAnEndAndWhatIsNoTextAreRefused() throws IOException {
    Files.writeString(folder.resolve("space.json"), "{\"parameters\": [{\"name\": \"x\", \"type\": \"real\", \"low\": 0, \"high\": 1}]}");
    Files.writeString(folder.resolve("a.csv"), "x,loss\n0.5," + "1".repeat(1 << 20) + "\n");
    TableFolder tables = new TableFolder(folder);
    assertThatThrownBy(() -> tables.table("a")).isInstanceOf(InputException.class).hasMessage(folder.resolve("a.csv") + ":2: is longer than the 1048576 characters that a line may have");
    Files.write(folder.resolve("b.csv"), new byte[] {'x', (byte) 0xff});
    assertThatThrownBy(() -> tables.table("b")).isInstanceOf(InputException.class).hasMessage(folder.resolve("b.csv") + ": is not a UTF-8 text file");
    Files.writeString(folder.resolve("space.json"), "[".repeat(1500));
    assertThatThrownBy(() -> new TableFolder(folder)).isInstanceOf(InputException.class).hasMessageStartingWith(folder.resolve("space.json") + ": Document nesting depth");
  }
}
