package proxima.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import proxima.study.JournalException;

class CommandsTest {

  /// A command that ends like this.
  private record Ending(Runnable end) implements Command {
    @Override
    public void describe(CommandSpec spec) {}

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
      end.run();
      return Exit.DONE;
    }
  }

  private static Arguments error(Error error, String line) {
    return Arguments.of((Runnable) () -> {
      throw error;
    }, Exit.FAILED, line);
  }

  private static Arguments exception(RuntimeException exception, int code, String line) {
    return Arguments.of((Runnable) () -> {
      throw exception;
    }, code, line);
  }

  static Stream<Arguments> endings() {
    return Stream.of(
        error(new OutOfMemoryError("Java heap space"), "proxima: out of memory with a heap of "),
        error(new UnsatisfiedLinkError("no libtorch"), "proxima: internal error: java.lang.UnsatisfiedLinkError: no libtorch; please report it "),
        error(new StackOverflowError(), "proxima: internal error: java.lang.StackOverflowError; please report it "),
        exception(new IllegalStateException("odd"), Exit.FAILED, "proxima: internal error: java.lang.IllegalStateException: odd; please report it "),
        exception(new RunFailedException("no trial finished"), Exit.FAILED, "proxima: no trial finished"),
        exception(new JournalException("journal j.db is damaged"), Exit.BAD_INPUT, "proxima: journal j.db is damaged"),
        exception(new InputException(List.of("a.yaml:1: wrong")), Exit.BAD_INPUT, "proxima: a.yaml:1: wrong"));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void whateverEndsACommandIsALine(Runnable end, int code, String line) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int ended = new Commands(Map.of("end", new Ending(end))).run(new String[] {"end"}, InputStream.nullInputStream(), new PrintStream(OutputStream.nullOutputStream()), new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(ended).isEqualTo(code);
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).singleElement().asString().startsWith(line);
  }
}
