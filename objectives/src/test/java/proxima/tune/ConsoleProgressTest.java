package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.Terminal;
import proxima.module.ModuleSettings;
import proxima.objective.Job;
import proxima.scaling.Scale;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.strategy.RandomStrategy;
import proxima.study.Study;
import proxima.study.Trial;

class ConsoleProgressTest {

  @TempDir private Path folder;

  /// The lines where standard error is no terminal.
  private List<String> lines(String phase) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    try (TrialLog log = new TrialLog(folder.resolve(phase + ".csv"));
        Study study = Study.of(SearchSpace.of(Parameter.real("x", 0, 1)), new RandomStrategy(), 1)) {
      Progress progress = new ConsoleProgress(new Terminal(InputStream.nullInputStream(), out, out, false, false), log);
      progress.start(phase, 1, study);
      Trial trial = study.ask();
      Outcome outcome = study.tell(trial.number(), Outcome.of(0.25));
      progress.told(phase, study, trial, new Job("job", trial.configuration(), new ModuleSettings(List.of()), new Scale(1, 1, 1, 1), 1), outcome, 1);
    }
    return said.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /// In a store others tell too, so that a process may never tell just the tenth, the twentieth, and so on.
  @Test
  void whatOthersTellCounts() throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    try (TrialLog log = new TrialLog(folder.resolve("log.csv"));
        Study study = Study.of(SearchSpace.of(Parameter.real("x", 0, 1)), new RandomStrategy(), 1)) {
      Progress progress = new ConsoleProgress(new Terminal(InputStream.nullInputStream(), out, out, false, false), log);
      progress.start("search", 100, study);
      for (int i = 0; i < 100; i++) {
        Trial trial = study.ask();
        Outcome outcome = study.tell(trial.number(), Outcome.of(0.25));
        // This process tells every fourth, from the second on.
        if (i % 4 == 1) {
          progress.told("search", study, trial, new Job("job", trial.configuration(), new ModuleSettings(List.of()), new Scale(1, 1, 1, 1), 1), outcome, 1);
        }
      }
    }
    assertThat(said.toString(StandardCharsets.UTF_8).lines().skip(1).map(line -> line.replaceFirst(" of 100.*", "")))
        .containsExactly("search: 10", "search: 22", "search: 30", "search: 42", "search: 50", "search: 62", "search: 70", "search: 82", "search: 90");
  }

  @Test
  void onlyASearchHasALowestLoss() throws IOException {
    assertThat(lines("module")).containsExactly("module: 1 trial", "module: 1 of 1, best loss 0.250");
    assertThat(lines("confirm")).as("losses of several settings do not compare").containsExactly("confirm: 1 trial", "confirm: 1 of 1");
  }
}
