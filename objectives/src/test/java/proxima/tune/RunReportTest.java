package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.cli.Exit;
import proxima.prior.PriorRun;
import proxima.space.Outcome;
import proxima.strategy.RandomStrategy;
import proxima.study.SqliteJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;
import proxima.study.TrialResult;

/// What a run's report says at each of its stages.
class RunReportTest {

  @TempDir private Path folder;

  private RunFolder tuned(String config) throws IOException {
    Path file = Files.writeString(folder.resolve("shell.yaml"), config);
    RunFolder run = new RunFolder(folder.resolve("run"));
    Ended ended = Ended.run("tune", file.toString(), "--out", run.path().toString());
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.DONE);
    return run;
  }

  private static String report(RunFolder run) throws IOException {
    Ended ended = Ended.run("report", run.path().toString());
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.DONE);
    return Files.readString(run.report());
  }

  /// Where the search's seed likes small values, and all fresh seeds large ones.
  @Test
  void withoutItsResultARunRecommendsTheSame() throws IOException {
    RunFolder run = tuned("""
        objective: {kind: command, command: [sh, -c, 'echo "{\\"loss\\": $(( {seed} == 1000000 ? {n} : 100 - 30 * {n} ))}"']}
        space: {parameters: {n: {integer: [1, 20]}}}
        budget: {trials: 12, finalists: 3, seeds: 2}
        strategy: random
        """);
    RunConfig config = run.read();
    StoredStudy search = RunRecord.read(run, config).phase("search").orElseThrow();
    TrialResult lowest = search.trials().stream().min(Comparator.comparingDouble(t -> t.loss().orElseThrow())).orElseThrow();
    assertThat(ResultFile.best(run).orElseThrow().integer("n")).as("the fresh seeds decide").isGreaterThan(lowest.configuration().integer("n"));
    String page = report(run);
    assertThat(page).contains("recommended").doesNotContain("the best so far");
    Files.delete(run.result());
    assertThat(report(run)).isEqualTo(page);
  }
}
