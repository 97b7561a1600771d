package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.Exit;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Outcome.CurvePoint;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.Value;
import proxima.strategy.Portfolio;
import proxima.study.Promotion;
import proxima.study.SqliteJournal;
import proxima.study.Study;
import proxima.study.Trial;

class ExportCommandTest {

  @TempDir private Path folder;

  @Test
  void eachKindOfOutcomeHasItsCellsAndWhatNeedsQuotesHasThem() throws IOException {
    Path config = Files.writeString(folder.resolve("run.yaml"), """
        objective: {kind: command, command: [sh, -c, 'true']}
        space:
          parameters:
            kind: {choices: [plain, 'a,b', 'say "c"', "a\\rb"]}
            n: {integer: [1, 9], when: {kind: plain}}
        """);
    RunFolder run = new RunFolder(folder.resolve("run"));
    run.create(config, Optional.empty());
    SearchSpace space = ((SpaceConfig.Plain) run.read().space()).space();
    List<String> kinds = List.of("plain", "a,b", "say \"c\"", "plain", "a\rb");
    Portfolio portfolio = new Portfolio(kinds.stream().map(kind -> point(space, kind)).toList());
    try (SqliteJournal journal = SqliteJournal.open(run.journal());
        Study study = Study.open(journal, "search", space, portfolio, "list", 1)) {
      kinds.forEach(_ -> study.ask());
      study.tell(0, Outcome.of(1.5));
      study.tell(1, new Outcome.Stopped(20, 2.5, List.of(new CurvePoint(20, 2.5))));
      study.tell(2, new Outcome.Diverged(7));
      study.tell(3, new Outcome.Failed("exit code 3, \"no space\"\nleft"));
    }
    Path csv = folder.resolve("trials.csv");
    Ended ended = Ended.run("export", run.path().toString(), "-o", csv.toString());
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.DONE);
    assertThat(csv).content().isEqualTo("""
        phase,trial,outcome,step,loss,reason,kind,n
        search,0,finished,,1.5,,plain,5
        search,1,stopped,20,2.5,,"a,b",
        search,2,diverged,7,,,"say ""c""\",
        search,3,failed,,,"exit code 3, ""no space"" left",plain,5
        search,4,pending,,,,"a\rb",
        """);
  }

  @Test
  void whatWasGivenAndWhatIsTrainedAgainIsMarked() throws IOException {
    Path config = Files.writeString(folder.resolve("run.yaml"), """
        objective: {kind: command, command: [sh, -c, 'true']}
        space: {parameters: {n: {integer: [1, 9]}}}
        stopping: {kind: promotion, grace: 10, steps: 20, eta: 2}
        """);
    RunFolder run = new RunFolder(folder.resolve("run"));
    run.create(config, Optional.empty());
    SearchSpace space = ((SpaceConfig.Plain) run.read().space()).space();
    List<Point> points = Stream.of(2L, 3L, 4L).map(n -> space.encode(new Configuration(Map.of("n", new Value.Whole(n))))).toList();
    try (SqliteJournal journal = SqliteJournal.open(run.journal());
        Study study = Study.open(journal, "search", space, new Portfolio(points), new Promotion(10, 2, 20), "list", 1)) {
      study.add(space.encode(new Configuration(Map.of("n", new Value.Whole(9)))), Outcome.of(9));
      for (int i = 0; i < 3; i++) {
        Trial t = study.ask();
        study.tell(t.number(), Outcome.of((double) t.configuration().integer("n")));
      }
    }
    Path csv = folder.resolve("trials.csv");
    Ended ended = Ended.run("export", run.path().toString(), "-o", csv.toString());
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.DONE);
    assertThat(csv).content().isEqualTo("""
        phase,trial,outcome,step,loss,given,again,n
        search,0,finished,,9.0,yes,,9
        search,1,stopped,10,2.0,,,2
        search,2,stopped,10,3.0,,,3
        search,3,finished,,2.0,,1,2
        """);
  }

  private static Point point(SearchSpace space, String kind) {
    return space.encode(new Configuration(kind.equals("plain")
        ? Map.of("kind", new Value.Category(kind), "n", new Value.Whole(5))
        : Map.of("kind", new Value.Category(kind))));
  }
}
