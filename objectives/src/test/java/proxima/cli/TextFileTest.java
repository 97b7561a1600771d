package proxima.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {

  @TempDir private Path folder;

  @Test
  void aFileMayBeAsLongAsTheBound() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "x".repeat(3 << 20));
    assertThat(TextFile.written(file)).hasSize(3 << 20);
    Files.writeString(file, "x".repeat((3 << 20) + 1));
    assertThatThrownBy(() -> TextFile.written(file)).isInstanceOf(InputException.class).hasMessage(file + ": is longer than the 3 MiB that a file of its kind may have; is it the right file?");
    assertThat(TextFile.recorded(file)).hasSize((3 << 20) + 1);
  }

  @Test
  void whatIsWrittenCanBeRead() {
    Path file = folder.resolve("prior.json");
    TextFile.checkRecorded(file, "x".repeat(24 << 20), "give fewer");
    for (String text : new String[] {"x".repeat((24 << 20) + 1), "é".repeat((12 << 20) + 1)}) {
      assertThatThrownBy(() -> TextFile.checkRecorded(file, text, "give fewer")).isInstanceOf(InputException.class)
          .hasMessage(file + ": would be longer than the 24 MiB that are read of it; give fewer");
    }
  }

  @Test
  void aPipeThatNobodyWritesToIsRefused() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (Executable read : List.<Executable>of(() -> TextFile.written(pipe), () -> new CsvReader(pipe).close())) {
      assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertThatThrownBy(read::execute).isInstanceOf(InputException.class).hasMessage(pipe + ": is no regular file"));
    }
  }

  @Test
  void whatASystemHasAmongItsDevicesIsRead() throws IOException {
    assertThat(TextFile.written(Path.of("/dev/null"))).isEmpty();
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    assertThatThrownBy(() -> TextFile.written(folder.resolve("b"))).hasMessage(folder.resolve("b") + ": no such file");
    assertThatThrownBy(() -> TextFile.written(folder)).hasMessage(folder + ": can not be read: Is a directory");
    Path file = Files.write(folder.resolve("c"), new byte[] {'a', (byte) 0xff});
    assertThatThrownBy(() -> TextFile.written(file)).hasMessage(file + ": is not a UTF-8 text file");
  }
}
