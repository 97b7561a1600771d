package proxima.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.Commands;
import proxima.cli.Exit;

final class RecordCommandTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    String[] line = Stream.concat(Stream.of("record"), Stream.of(arguments)).toArray(String[]::new);
    return new Commands(Map.of("record", new RecordCommand()))
        .run(line, InputStream.nullInputStream(), new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void recordsRealTrainings() throws Exception {
    assertThat(run("mlp/teacher-32", "--rows", "3", "--out", folder.toString(), "--json")).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(Exit.DONE);
    JsonNode answer = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8)).path("tables").path("mlp/teacher-32");
    assertThat(answer.path("rows").intValue()).isEqualTo(3);
    assertThat(answer.path("best").doubleValue()).isLessThan(0);
    assertThat(answer.has("noise")).isFalse();
    try (Recording recording = Recording.open(folder, Proxies.all().get(4), Plan.STANDARD)) {
      assertThat(recording.table().rows()).hasSize(3).allSatisfy(r -> assertThat(r.curve()).hasSize(Proxy.CHECKPOINTS).last().isEqualTo(r.value()));
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("3 of 3");
  }

  @Test
  void aRecordingThatIsStoppedAnswersHowFarItCame() throws Exception {
    Thread main = Thread.currentThread();
    var noted = new PrintStream(err, true, StandardCharsets.UTF_8) {
      @Override
      public void println(String line) {
        super.println(line);
        if (line.startsWith("record: 1 of 40, ")) {
          main.interrupt();
        }
      }
    };
    String[] line = {"record", "mlp/teacher-32", "--rows", "40", "--out", folder.toString(), "--json"};
    assertThat(new Commands(Map.of("record", new RecordCommand())).run(line, InputStream.nullInputStream(), new PrintStream(out, true, StandardCharsets.UTF_8), noted)).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(Exit.INTERRUPTED);
    JsonNode answer = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(answer.at("/tables/mlp~1teacher-32/rows").intValue()).isBetween(1, 39);
    assertThat(answer.path("of").intValue()).isEqualTo(40);
  }

  @Test
  void badInputIsOneLine() {
    assertThat(run("mlp/teacher-23", "--out", folder.toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(run("--workers", "0", "--out", folder.toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(run("--rows", "0", "--out", folder.toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "proxima: no task 'mlp/teacher-23'; did you mean 'mlp/teacher-32'?; there are transformer/names-16, transformer/names-32, transformer/hmm-16, transformer/hmm-32, mlp/teacher-32, mlp/teacher-64",
            "proxima: --workers: must be 1 or more, got 0",
            "proxima: --rows: must be 1 or more, got 0");
  }

  @Test
  void helpNamesTheTasks() {
    assertThat(run("--help")).isEqualTo(Exit.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("transformer/hmm-32", "width=32,depth=2,batch=512,tokens=51200");
  }
}
