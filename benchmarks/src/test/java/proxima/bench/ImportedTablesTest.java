package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.Commands;
import proxima.importer.ImportCommand;

class ImportedTablesTest {

  @TempDir private Path folder;

  private static String run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = new Commands(Map.of("bench", new BenchCommand(), "import-tables", new ImportCommand()))
        .run(arguments, InputStream.nullInputStream(), new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aComparisonPlaysThem() throws IOException {
    Path recorded = Path.of("src/test/resources/proxima/importer");
    Path tables = folder.resolve("tables");
    run("import-tables", "hpo-b", recorded.resolve("hpob-data").toString(), "--out", tables.resolve("hpob").toString());
    run("import-tables", "lcbench", recorded.resolve("lcbench.json").toString(), "--out", tables.resolve("lcbench").toString());
    run("import-tables", "yahpo", recorded.resolve("svm").toString(), "--out", tables.resolve("svm").toString());
    Path suite = Files.writeString(folder.resolve("s.yaml"), """
        contenders: [proxima, random]
        seeds: 1
        blocks:
          - {tables: [hpob/9001/31, hpob/9002, lcbench/first-set, svm], initial: 2, trials: 4}
        """);
    JsonNode json = new ObjectMapper().readTree(run("bench", suite.toString(), "--tables", tables.toString(), "--out", folder.resolve("out").toString(), "--json"));
    assertThat(json.get("tasks").findValuesAsText("name")).containsExactly("hpob/9001/31", "hpob/9002/31", "lcbench/first-set", "svm/3");
    assertThat(json.get("contenders")).hasSize(2).allSatisfy(c -> assertThat(c.get("failed")).isEmpty());
    assertThat(Files.readAllLines(folder.resolve("out/results.csv"))).as("2 contenders, 4 tasks, 4 trials").hasSize(1 + 32).noneMatch(l -> l.endsWith(",,,,"));
  }
}
