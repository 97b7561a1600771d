package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.space.Outcome;
import proxima.strategy.RandomStrategy;
import proxima.study.SqliteJournal;
import proxima.study.Study;

/// A run and the file that its configuration names, which may change or go.
class RunDataTest {

  private static final String BEFORE = "so it was where the run began\n".repeat(100);
  private static final String AFTER = "and so it has become, with other letters: xyz\n".repeat(100);

  @TempDir private Path folder;

  private Path text() throws IOException {
    return Files.writeString(folder.resolve("text.txt"), BEFORE);
  }

  private Path config() throws IOException {
    return Files.writeString(folder.resolve("small.yaml"), """
        objective: {kind: transformer, data: {text: text.txt}, heads: 1, sequence: 16, device: cpu}
        scale: {width: 8, depth: 1, batch: 32, tokens: 64}
        space: {perModule: {learningRate: 2}}
        budget: {perModule: 2, finalists: 1, seeds: 1}
        """);
  }

  private String run() {
    return folder.resolve("run").toString();
  }

  private static Ended done(String... arguments) {
    Ended ended = Ended.run(arguments);
    assertThat(ended.code()).as(ended.err()).isEqualTo(Exit.DONE);
    return ended;
  }

  private static void refused(String line, String... arguments) {
    Ended ended = Ended.run(arguments);
    assertThat(ended.code()).as(String.join(" ", arguments)).isEqualTo(Exit.BAD_INPUT);
    assertThat(ended.err().strip()).isEqualTo("proxima: " + line);
  }

  /// What trains on a text, but for `tune`.
  private List<String[]> trainings() {
    return List.of(
        new String[] {"resume", run()}, new String[] {"verify", run(), "--to", "width=16", "--seeds", "1"},
        new String[] {"check", "transfer", run(), "--widths", "8,16", "--seeds", "1", "--out", folder.resolve("check").toString()});
  }

  @Test
  void aRunTrainsOnNoOtherTextThanItBeganWith() throws IOException {
    Path text = text();
    String config = config().toString();
    done("tune", config, "--out", run());
    String journal = done("status", run(), "--json").out();
    Files.writeString(text, AFTER);
    List<String[]> all = new ArrayList<>(trainings());
    all.add(new String[] {"tune", config, "--out", run()});
    for (String[] command : all) {
      refused(run() + ": " + text + " is another file than when the run began; put the old one back, or begin a new run with ./proxima tune CONFIG --out DIR", command);
    }
    assertThat(done("status", run(), "--json").out()).isEqualTo(journal);
    done("tune", config, "--out", folder.resolve("new").toString());
    Files.writeString(text, BEFORE);
    done("resume", run());
    done("tune", config, "--out", run());
  }

  /// What was found with it stays readable; its number of symbols, on which the network depends, was noted.
  @Test
  void whereItsTextIsGoneARunIsStillRead() throws IOException {
    Path text = text();
    done("tune", config().toString(), "--out", run());
    String[] transfer = {"transfer", run(), "--to", "width=16", "--format", "json"};
    String[] export = {"export", run(), "-o", folder.resolve("trials.csv").toString()};
    String transferred = done(transfer).out();
    String status = done("status", run()).out();
    String gone = "text file " + text + " does not exist";
    Files.delete(text);
    assertThat(done("status", run()).out()).isEqualTo(status);
    assertThat(done(transfer).out()).isEqualTo(transferred);
    done(export);
    done("report", run());
    assertThat(folder.resolve("run/report.html")).content().contains("The file that all this was found with is not here as it was: " + gone);
    for (String[] command : trainings()) {
      refused(run() + ": " + gone + "; put the old one back, or begin a new run with ./proxima tune CONFIG --out DIR", command);
    }
    for (String other : List.of(AFTER, "short")) {
      Files.writeString(text, other);
      assertThat(done("status", run()).out()).isEqualTo(status);
      assertThat(done(transfer).out()).isEqualTo(transferred);
      done("report", run());
    }
  }

  @Test
  void aRunOfWhichNothingWasNotedIsNotRefused() throws IOException {
    Path text = text();
    done("tune", config().toString(), "--out", run());
    Files.delete(folder.resolve("run/data.digest"));
    Files.writeString(text, AFTER);
    done("resume", run());
    Files.delete(text);
    done("status", run());
    done("report", run());
  }

  @Test
  void aRunThatLearnedNothingYetBeginsWithTheTextThatIsThere() throws IOException {
    Path text = text();
    RunFolder run = new RunFolder(folder.resolve("run"));
    run.create(config(), Optional.empty());
    Files.writeString(text, AFTER);
    assertThat(run.fault(run.read())).contains(text + " is another file than when the run began");
    run.create(config(), Optional.empty());
    assertThat(run.fault(run.read())).isEmpty();
    SpaceConfig.PerModule space = (SpaceConfig.PerModule) run.read().space();
    Experiment experiment = new Experiment(run.read());
    try (SqliteJournal journal = SqliteJournal.open(run.journal());
        Study study = Study.open(journal, "module", experiment.moduleSpace(space, experiment.config().defaults()).space(), new RandomStrategy(), "one", 1)) {
      study.tell(study.ask().number(), Outcome.of(1));
    }
    Files.writeString(text, BEFORE);
    run.create(config(), Optional.empty());
    assertThat(run.fault(run.read())).as("a trial was told of the other text").isPresent();
  }

  @Test
  void aListOfModulesThatHasChangedMapsNothing() throws IOException {
    Path list = Files.writeString(folder.resolve("modules.yaml"), "- {name: a, role: hidden, fanIn: 8, fanOut: 8}\n- {name: b, role: hidden, fanIn: 8, fanOut: 8}\n");
    String config = Files.writeString(folder.resolve("shell.yaml"), """
        objective: {kind: command, command: [sh, -c, 'n=$(echo {id} | cut -d- -f2); echo "{\\"loss\\": 1.$n}"', '{settings}'], modules: modules.yaml}
        scale: {width: 8, depth: 1, batch: 1, tokens: 10}
        space: {perModule: {learningRate: 2}}
        budget: {perModule: 3, finalists: 1, seeds: 1}
        """).toString();
    String first = folder.resolve("first").toString();
    done("tune", config, "--out", first);
    done("tune", config, "--out", run(), "--prior", first);
    String[] transfer = {"transfer", run(), "--to", "width=16"};
    done(transfer);
    done("report", run());
    assertThat(folder.resolve("run/report.html")).content().doesNotContain("is left out");
    Files.writeString(list, Files.readString(list).replace("b, role: hidden", "b, role: unembedding"));
    refused(run() + ": " + list + " is another file than when the run began; put the old one back, or begin a new run with ./proxima tune CONFIG --out DIR", transfer);
    done("status", run());
    done("report", run());
    assertThat(folder.resolve("run/report.html")).content().contains(list + " is another file than when the run began; what phases learned from earlier runs is left out");
    Files.delete(list);
    done("status", run());
    done("report", run());
  }

  @Test
  void aNoteThatIsDamagedIsALine() throws IOException {
    text();
    RunFolder run = new RunFolder(folder.resolve("run"));
    run.create(config(), Optional.empty());
    Files.writeString(folder.resolve("run/data.digest"), "?");
    assertThatThrownBy(run::read).isInstanceOf(InputException.class).hasMessage(folder.resolve("run/data.digest")
        + ": is damaged (needs a digest, maybe with a number of symbols, got '?'); delete it where you know that the run's text or modules file is the one that it began with");
  }
}
