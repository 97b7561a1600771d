package proxima.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Outcome.CurvePoint;
import proxima.space.Outcome.Diverged;
import proxima.space.Outcome.Failed;
import proxima.space.Outcome.Finished;
import proxima.space.Outcome.Stopped;
import proxima.space.Value;
import proxima.study.Decision;

@Timeout(60)
class CommandObjectiveTest {

  @TempDir Path directory;

  private Outcome run(Command command) throws InterruptedException {
    return objective(command).evaluate(Jobs.of("job"), Monitor.NONE);
  }

  private Outcome sh(String script) throws InterruptedException {
    return run(Command.of("sh", "-c", script).withRetries(0));
  }

  private CommandObjective objective(Command command) {
    return new CommandObjective(command, Jobs.CONFIGURATION.values().keySet(), directory);
  }

  private String log(String name) throws IOException {
    return Files.readString(directory.resolve("job").resolve(name));
  }

  @Test
  void lossesOfStepsAreTheCurveAndALossWithoutAStepIsTheResult() throws InterruptedException {
    List<CurvePoint> heard = new ArrayList<>();
    Outcome outcome = objective(Command.of("sh", "-c", "echo '{\"step\": 10, \"loss\": 2.5}'; echo '{\"loss\": 9}'; echo hello; echo '{\"step\": 20, \"loss\": 2.0}'; echo '{\"loss\": 1.5}'"))
        .evaluate(Jobs.of("job"), (step, loss) -> {
          heard.add(new CurvePoint(step, loss));
          return Decision.CONTINUE;
        });
    assertThat(outcome).isEqualTo(new Finished(1.5, List.of(new CurvePoint(10, 2.5), new CurvePoint(20, 2.0))));
    assertThat(heard).containsExactly(new CurvePoint(10, 2.5), new CurvePoint(20, 2.0));
  }

  @Test
  void aResultMayHaveAStandardError() throws InterruptedException {
    assertThat(sh("echo '{\"step\": 10, \"loss\": 2, \"standardError\": 9}'; echo '{\"loss\": 1.5, \"standardError\": 0.25}'"))
        .isEqualTo(new Finished(1.5, 0.25, List.of(new CurvePoint(10, 2))));
    assertThat(run(Command.of("sh", "-c", "echo '{\"loss\": 1.5, \"standardError\": 0.25}' > \"$0\"", "{result}"))).isEqualTo(new Finished(1.5, 0.25, List.of()));
    for (String unknown : new String[] {"0", "null"}) {
      assertThat(sh("echo '{\"loss\": 1.5, \"standardError\": " + unknown + "}'")).isEqualTo(Outcome.of(1.5));
    }
    assertThat(sh("echo '{\"loss\": NaN, \"standardError\": NaN}'")).isEqualTo(new Diverged(0));
    for (String wrong : new String[] {"\"small\"", "-0.1", "1e999", "[]", "\"nan\""}) {
      assertThat(sh("echo '{\"loss\": 1.5, \"standardError\": " + wrong + "}'"))
          .isEqualTo(new Failed("command: the standard error is not a finite number >= 0: {\"loss\": 1.5, \"standardError\": " + wrong + "}"));
    }
  }

  private Outcome stoppedAt(long last, String script) throws InterruptedException {
    return objective(Command.of("sh", "-c", script)).evaluate(Jobs.of("job"), (step, _) -> step >= last ? Decision.STOP : Decision.CONTINUE);
  }

  @Test
  void aTrainingThatIsStoppedMayTidyUpAndEndsWithItsChildren() throws InterruptedException, IOException {
    long start = System.nanoTime();
    Outcome outcome = stoppedAt(20, """
        trap 'echo tidied up; exit 0' TERM
        sleep 600 & echo $! > "$PWD/child" 2>/dev/null
        echo '{"step": 10, "loss": 3}'; echo '{"step": 20, "loss": 2.5}'
        wait
        echo '{"loss": 1}'
        """.replace("\"$PWD/child\"", directory.resolve("child").toString()));
    assertThat(outcome).isEqualTo(new Stopped(20, 2.5, List.of(new CurvePoint(10, 3), new CurvePoint(20, 2.5))));
    assertThat(log("stdout.log")).endsWith("tidied up\n");
    assertGone(Long.parseLong(Files.readString(directory.resolve("child")).strip()));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(50));
  }

  @Test
  void aResultThatWasThereBeforeTheStopCounts() throws InterruptedException {
    assertThat(stoppedAt(20, "printf '{\"loss\": 1.5}\\n{\"step\": 20, \"loss\": 2.5}\\n'")).isEqualTo(Outcome.of(1.5));
    assertThat(stoppedAt(20, "printf '{\"step\": 20, \"loss\": 2.5}\\n{\"loss\": 1.5}\\n'"))
        .isEqualTo(new Finished(1.5, List.of(new CurvePoint(20, 2.5))));
  }

  @Test
  void aLossThatIsNotFiniteHasDivergedWhateverTheMonitorSays() throws InterruptedException {
    assertThat(stoppedAt(20, "echo '{\"step\": 20, \"loss\": NaN}'; sleep 60")).isEqualTo(new Diverged(20));
  }

  @Test
  void argumentsCarryTheJobWithoutAShell() throws InterruptedException, IOException {
    Outcome outcome = run(Command.of("printf", "%s\\n", "{rate}", "-l={layers}", "{kind}", "{seed} {id} {width} {depth} {batch} {tokens} {steps}", "{{rate}}", "$HOME", "{\"loss\": {rate}}"));
    assertThat(outcome).isEqualTo(Outcome.of(0.25));
    assertThat(log("stdout.log")).isEqualTo("0.25\n-l=3\ntwo words\n7 job 64 2 1024 204800 200\n{rate}\n$HOME\n{\"loss\": 0.25}\n");
  }

  @Test
  void aParameterThatIsNotActiveIsEmptyText() throws InterruptedException, IOException {
    new CommandObjective(Command.of("printf", "<%s>", "{momentum}"), List.of("rate", "momentum"), directory).evaluate(Jobs.of("job"), Monitor.NONE);
    assertThat(log("stdout.log")).isEqualTo("<>");
  }

  @Test
  void theResultFileCountsBeforeLines() throws InterruptedException {
    assertThat(run(Command.of("sh", "-c", "echo '{\"loss\": 9}'; printf '{\\n\"loss\": 1.25\\n}\\n' > \"$0\"", "{result}"))).isEqualTo(Outcome.of(1.25));
  }

  @Test
  void aResultFileOfAnEarlierRunDoesNotCount() throws InterruptedException {
    assertThat(run(Command.of("sh", "-c", "echo '{\"loss\": 1}' > \"$0\"", "{result}"))).isEqualTo(Outcome.of(1));
    assertThat(sh("true")).isInstanceOf(Failed.class);
  }

  @Test
  void anUnreadableResultFileIsSaid() throws InterruptedException {
    assertThat(run(Command.of("sh", "-c", "echo oops > \"$0\"", "{result}"))).isInstanceOfSatisfying(Failed.class, failed ->
        assertThat(failed.reason()).contains("result.json").contains("'oops'").contains("{\"loss\": number}"));
  }

  @Test
  void filesHoldSettingsAndConfiguration() throws InterruptedException, IOException {
    var module = new Module("blocks.0.attn.q.weight", "attn.q", ModuleRole.HIDDEN, 64, 48, OptionalInt.of(0), Optional.of("attn"), OptionalDouble.of(0.1));
    var setting = new ModuleSetting(module, 0.1 + 0.2, 0.1, 0.9, 0.95, 1e-8, 0.02, 0.5);
    var job = new Job("job", Jobs.CONFIGURATION, new ModuleSettings(List.of(setting)), Jobs.SCALE, 1L << 62);
    objective(Command.of("sh", "-c", "cat \"$0\" \"$1\" > \"$2/copy\"", "{settings}", "{configuration}", "{directory}")).evaluate(job, Monitor.NONE);
    String text = log("copy");
    int end = text.indexOf("\n}{") + 2;
    JsonNode settings = Report.JSON.readTree(text.substring(0, end));
    assertThat(settings.at("/seed").longValue()).isEqualTo(1L << 62);
    assertThat(settings.at("/steps").longValue()).isEqualTo(200);
    assertThat(settings.at("/to").toString()).isEqualTo("{\"width\":64,\"depth\":2,\"batch\":1024,\"tokens\":204800}");
    JsonNode entry = settings.at("/modules/0");
    assertThat(entry.at("/name").textValue()).isEqualTo("blocks.0.attn.q.weight");
    assertThat(entry.at("/role").textValue()).isEqualTo("hidden");
    assertThat(entry.at("/learningRate").doubleValue()).isEqualTo(0.1 + 0.2);
    assertThat(entry.at("/multiplier").doubleValue()).isEqualTo(0.5);
    assertThat(entry.at("/branch").textValue()).isEqualTo("attn");
    assertThat(entry.at("/block").intValue()).isZero();
    assertThat(Report.JSON.readTree(text.substring(end)).toString()).isEqualTo("{\"rate\":0.25,\"layers\":3,\"kind\":\"two words\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "nan", "-nan", "null", "\"nan\"", "\"NaN\"", "Infinity", "-Infinity", "inf", "\"inf\"", "1e999"})
  void aLossThatIsNotFiniteIsDivergenceAtTheLastStep(String loss) throws InterruptedException {
    assertThat(sh("echo '{\"step\": 10, \"loss\": 2}'; echo '{\"loss\": " + loss + "}'")).isEqualTo(new Diverged(10));
    assertThat(sh("echo '{\"step\": 10, \"loss\": " + loss + "}'; exit 1")).isEqualTo(new Diverged(10));
  }

  @Test
  void divergenceMayBeSaid() throws InterruptedException {
    assertThat(sh("echo '{\"step\": 10, \"loss\": 2}'; echo '{\"diverged\": 17}'")).isEqualTo(new Diverged(17));
    assertThat(sh("echo '{\"step\": 10, \"loss\": 2}'; echo '{\"diverged\": true}'")).isEqualTo(new Diverged(10));
    assertThat(sh("echo '{\"diverged\": false, \"loss\": 2}'")).isEqualTo(Outcome.of(2));
  }

  @Test
  void aNanEndsTheCommandAtOnce() throws InterruptedException {
    long start = System.nanoTime();
    assertThat(sh("echo '{\"step\": 3, \"loss\": NaN}'; sleep 50; echo '{\"loss\": 1}'")).isEqualTo(new Diverged(3));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aTimeoutEndsTheWholeProcessTree() throws InterruptedException, IOException {
    Command command = Command.of("sh", "-c", "(sleep 50 & echo $!; wait) & echo '{\"step\": 4, \"loss\": 1}'; wait").withTimeout(Duration.ofSeconds(5)).withRetries(3);
    assertThat(run(command)).isInstanceOfSatisfying(Failed.class, failed ->
        assertThat(failed.reason()).contains("timeout of 5.0 s").contains("step 4").contains("stdout.log"));
    List<String> pids = log("stdout.log").lines().filter(line -> line.matches("\\d+")).toList();
    assertThat(pids).as("no retry after a timeout").hasSize(1);
    assertGone(Long.parseLong(pids.getFirst()));
  }

  /// Whoever lost its parent is known by having been seen, once a second.
  @Test
  void aTimeoutEndsWhatLostItsParent() throws InterruptedException, IOException {
    assertThat(run(Command.of("sh", "-c", "sh -c 'sleep 50 & echo $!; sleep 2'; sleep 50").withTimeout(Duration.ofSeconds(4)))).isInstanceOf(Failed.class);
    assertGone(Long.parseLong(log("stdout.log").strip()));
  }

  @Test
  void aResultFileCountsAtTheTimeoutUnlessItIsHalfWritten() throws InterruptedException {
    Duration second = Duration.ofSeconds(1);
    assertThat(run(Command.of("sh", "-c", "echo '{\"loss\": 1.5}' > \"$0\"; sleep 50", "{result}").withTimeout(second))).isEqualTo(Outcome.of(1.5));
    assertThat(run(Command.of("sh", "-c", "echo '{\"lo' > \"$0\"; sleep 50", "{result}").withTimeout(second)))
        .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason()).contains("timeout of 1.0 s"));
  }

  @Test
  void aProcessThatHasTheNumberOfAnEarlierAttemptsIsLeftAlone() throws InterruptedException, IOException {
    Process other = new ProcessBuilder("sleep", "50").start();
    try {
      Files.createDirectories(directory.resolve("job"));
      long start = other.info().startInstant().orElseThrow().toEpochMilli();
      Files.writeString(directory.resolve("job/process"), other.pid() + " " + (start - 5000) + "\n");
      assertThat(sh("echo '{\"loss\": 1}'")).isEqualTo(Outcome.of(1));
      assertThat(other.isAlive()).isTrue();
      Files.writeString(directory.resolve("job/process"), other.pid() + " " + start + "\n");
      assertThat(sh("echo '{\"loss\": 1}'")).isEqualTo(Outcome.of(1));
      assertThat(other.waitFor(10, TimeUnit.SECONDS)).as("that of the attempt").isTrue();
      assertThat(directory.resolve("job/process")).doesNotExist();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void anInterruptEndsTheWholeProcessTree() throws Exception {
    Command command = Command.of("sh", "-c", "sleep 50 & echo $! > \"$0/pid\"; wait", "{directory}");
    var interrupted = new AtomicBoolean();
    Thread worker = Thread.ofPlatform().start(() -> {
      try {
        run(command);
      } catch (InterruptedException e) {
        interrupted.set(true);
      }
    });
    Path pid = directory.resolve("job/pid");
    while (!Files.exists(pid) || Files.size(pid) == 0) {
      Thread.sleep(10);
    }
    worker.interrupt();
    worker.join();
    assertThat(interrupted).isTrue();
    assertGone(Long.parseLong(log("pid").strip()));
  }

  @Test
  void aSignalToTheWholeRunIsNoFailureOfTheJob() throws Exception {
    var interrupted = new AtomicBoolean();
    Thread worker = Thread.ofPlatform().start(() -> {
      try {
        run(Command.of("sh", "-c", "echo > \"$0/started\"; kill -TERM $$", "{directory}"));
      } catch (InterruptedException e) {
        interrupted.set(true);
      }
    });
    while (!Files.exists(directory.resolve("job/started"))) {
      Thread.sleep(10);
    }
    Thread.sleep(100);
    worker.interrupt();
    worker.join();
    assertThat(interrupted).isTrue();
  }

  @Test
  void aFloodOfOutputDoesNotHoldUpTheTimeout() throws InterruptedException {
    Command command = Command.of("sh", "-c", "yes | head -c 3000000000").withTimeout(Duration.ofMillis(100));
    assertThat(run(command)).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason()).contains("timeout of 0.1 s"));
  }

  /// A gigabyte of texts, were they kept.
  @Test
  void aBurstOfOutputIsReadInPortions() throws InterruptedException {
    assertThat(sh("yes | head -c 100000000; echo '{\"loss\": 1}'")).isEqualTo(Outcome.of(1));
  }

  @Test
  void aLongLineIsNoReport() throws InterruptedException {
    assertThat(sh("head -c 3000000 /dev/zero; echo; echo '{\"loss\": 1}'")).isEqualTo(Outcome.of(1));
    for (String end : List.of("", "\\n")) {
      assertThat(sh("printf '{\"loss\": 1}'; head -c 3000000 /dev/zero | tr '\\0' ' '; printf '" + end + "'")).isInstanceOfSatisfying(Failed.class, failed ->
          assertThat(failed.reason()).contains("gave no final loss; a line of its standard output is longer than the 1048576 bytes that a line may have, and was passed over; expected"));
    }
  }

  @Test
  void ofVeryMuchThatIsPrintedTheStartAndTheEndAreKept() throws InterruptedException, IOException {
    String note = "\n... (of what a training prints, proxima keeps the first 63 MiB and the last one)\n";
    for (int size : new int[] {80_000_000, 3_000_000}) {
      assertThat(sh("echo first; yes " + "y".repeat(999) + " | head -c " + size + "; echo '{\"loss\": 1}'")).isEqualTo(Outcome.of(1));
      assertThat(directory.resolve("job/stdout.log")).hasSize(64 << 20);
      String text = log("stdout.log");
      assertThat(text).startsWith("first\nyyy").endsWith("yyy\n{\"loss\": 1}\n");
      assertThat(text.indexOf(note)).isEqualTo((63 << 20) - note.length()).isEqualTo(text.lastIndexOf(note));
    }
    assertThat(directory.resolve("job/stderr.log")).isEmptyFile();
  }

  /// Gone, or dead and not yet waited for by its new parent.
  private static void assertGone(long pid) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (alive(pid) && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertThat(alive(pid)).as("process %d", pid).isFalse();
  }

  private static boolean alive(long pid) {
    // An orphan without a reaper stays as a zombie: it has no command any more.
    return ProcessHandle.of(pid).filter(p -> p.isAlive() && p.info().command().isPresent()).isPresent();
  }

  @Test
  void aGrandchildThatOutlivesTheCommandDoesNotHoldItUp() throws InterruptedException {
    long start = System.nanoTime();
    assertThat(sh("sleep 30 & echo '{\"loss\": 1}'")).isEqualTo(Outcome.of(1));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aCrashIsTriedAgain() throws InterruptedException {
    Command command = Command.of("sh", "-c", "echo x >> \"$0/tries\"; [ $(wc -l < \"$0/tries\") -ge 3 ] && echo '{\"loss\": 1}' || exit 5", "{directory}");
    assertThat(run(command.withRetries(2))).isEqualTo(Outcome.of(1));
  }

  @Test
  void aCommandThatKeepsCrashingFailsWithItsLastError() throws InterruptedException, IOException {
    Command command = Command.of("sh", "-c", "echo try; echo first >&2; echo 'CUDA out of memory' >&2; echo >&2; exit 3").withRetries(2);
    assertThat(run(command)).isInstanceOfSatisfying(Failed.class, failed ->
        assertThat(failed.reason()).contains("exit code 3: CUDA out of memory").contains("stderr.log").doesNotContain("\n"));
    assertThat(log("stdout.log")).isEqualTo("try\ntry\ntry\n");
  }

  private Outcome noted(Command command, List<String> notes) throws InterruptedException {
    return objective(command).evaluate(Jobs.of("job"), Monitor.NONE.noting(notes::add));
  }

  @Test
  void oneLossOfAProgramThatThenEndsBadlyCountsAndIsNoted() throws InterruptedException {
    List<String> notes = new ArrayList<>();
    assertThat(noted(Command.of("sh", "-c", "echo '{\"step\": 1, \"loss\": 2}'; echo '{\"loss\": 1}'; exit 9"), notes)).isEqualTo(new Finished(1, List.of(new CurvePoint(1, 2))));
    assertThat(noted(Command.of("sh", "-c", "echo '{\"loss\": 1}'; kill -9 $$"), notes)).isEqualTo(Outcome.of(1));
    assertThat(noted(Command.of("sh", "-c", "echo '{\"loss\": 1}'; sleep 50").withTimeout(Duration.ofSeconds(1)), notes)).isEqualTo(Outcome.of(1));
    assertThat(noted(Command.of("sh", "-c", "echo '{\"loss\": 9}'; echo '{\"loss\": 1}'"), notes)).isEqualTo(Outcome.of(1));
    assertThat(notes).containsExactly("exit code 9 after its loss, which counts", "exit code 137, perhaps signal 9 after its loss, which counts", "ran past its timeout of 1.0 s after its loss, which counts");
  }

  /// As of one that prints its loss after each epoch, and dies in the second or third.
  @ParameterizedTest
  @ValueSource(strings = {"echo '{\"loss\": 9}'; echo '{\"loss\": 3}'", "echo '{\"loss\": 9}'; echo '{\"step\": 2, \"loss\": 3}'"})
  void ofSeveralLossesWithoutAStepOfAProgramThatEndsBadlyNoneCounts(String said) throws InterruptedException, IOException {
    String doubt = ", after losses without a step, any of which may be one on the way: print those with their step";
    assertThat(run(Command.of("sh", "-c", "echo try >> \"$0/tries\"; " + said + "; echo 'CUDA out of memory' >&2; exit 1", "{directory}").withRetries(2)))
        .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason()).contains("failed with exit code 1" + doubt + ": CUDA out of memory; log "));
    assertThat(log("tries")).isEqualTo("try\ntry\ntry\n");
    assertThat(sh(said + "; kill -9 $$")).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason()).contains("exit code 137, perhaps signal 9" + doubt));
    assertThat(run(Command.of("sh", "-c", said + "; sleep 50").withTimeout(Duration.ofSeconds(1)))).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason()).contains("timeout of 1.0 s").contains(doubt));
    Outcome written = run(Command.of("sh", "-c", said + "; echo '{\"loss\": 1.5}' > \"$0\"; exit 1", "{result}"));
    assertThat(written).isInstanceOfSatisfying(Finished.class, finished -> assertThat(finished.loss()).as("of the result file").isEqualTo(1.5));
  }

  @Test
  void silenceFailsWithWhatWasExpected() throws InterruptedException {
    assertThat(sh("echo all good")).isInstanceOfSatisfying(Failed.class, failed ->
        assertThat(failed.reason()).contains("exited 0 but gave no final loss").contains("{\"loss\": number}").contains("stdout.log").doesNotContain("\n"));
    assertThat(sh("echo '{\"step\": 8, \"loss\": 1}'")).isInstanceOfSatisfying(Failed.class, failed ->
        assertThat(failed.reason()).contains("no final loss (losses of steps up to 8 only)"));
  }

  @Test
  void aLossThatIsNoNumberIsShown() throws InterruptedException {
    assertThat(sh("echo '{\"loss\": \"low\"}'")).isEqualTo(new Failed("command: the loss is not a number: {\"loss\": \"low\"}"));
    assertThat(sh("echo '{\"step\": -2, \"loss\": 1}'")).isEqualTo(new Failed("command: the step is not a whole number >= 0: {\"step\": -2, \"loss\": 1}"));
  }

  @Test
  void aLossIsFoundBehindAProgressBarAndWithoutALineEnd() throws InterruptedException {
    assertThat(sh("printf '10%%\\r20%%\\r{\"loss\": 1.5}'")).isEqualTo(Outcome.of(1.5));
    assertThat(sh("printf '{\"loss\": 2.5}\\r\\n'")).isEqualTo(Outcome.of(2.5));
  }

  @Test
  void theLastLineOfStandardErrorIsFoundBehindMoreThanIsReadOfIt() throws InterruptedException {
    assertThat(sh("yes 'warning: the disk is slow' | head -c 3000000 >&2; printf '\\nno space left\\n\\n' >&2; exit 3")).isInstanceOfSatisfying(Failed.class, failed ->
        assertThat(failed.reason()).contains("exit code 3: no space left; log "));
  }

  @Test
  void otherNumbersThatAreNoneDoNotHideTheLoss() throws InterruptedException {
    assertThat(sh("printf '{\"loss\": 1.5, \"note\": \"norm: nan, skipped\"}\\n'")).isEqualTo(Outcome.of(1.5));
    assertThat(sh("printf '{\"loss\": 2.5, \"each\": [NaN, 0.3]}\\n'")).isEqualTo(Outcome.of(2.5));
    assertThat(sh("printf '{\"loss\": NaN, \"each\": [-Infinity]}\\n'")).isInstanceOf(Diverged.class);
    assertThat(sh("printf '{\"loss\": nan, \"each\": 1}\\n'")).isInstanceOf(Diverged.class);
  }

  @Test
  void whatHasSaidItsLossAndDoesNotEndHasFinished() throws InterruptedException {
    assertThat(run(Command.of("sh", "-c", "echo '{\"loss\": 1.5}'; sleep 600").withTimeout(Duration.ofSeconds(3)).withRetries(0))).isEqualTo(Outcome.of(1.5));
  }

  /// The first attempt leaves a worker that speaks after 3 seconds.
  @Test
  void whatOutlivesACrashDoesNotSpeakForTheNextAttempt() throws InterruptedException {
    Path again = directory.resolve("again");
    String script = "if [ -e %1$s ]; then echo '{\"loss\": 1.5}'; sleep 4; else touch %1$s; (sleep 3; echo '{\"loss\": 9}') & sleep 1.5; exit 1; fi".formatted(again);
    assertThat(run(Command.of("sh", "-c", script).withRetries(1))).isEqualTo(Outcome.of(1.5));
  }

  @Test
  void threadsAreOneUnlessToldOtherwise() throws InterruptedException {
    Command command = Command.of("sh", "-c", "echo \"{\\\"loss\\\": $OMP_NUM_THREADS}\"");
    assertThat(run(command.withEnvironment(Map.of("OMP_NUM_THREADS", "3")))).isEqualTo(Outcome.of(3));
    String own = System.getenv().getOrDefault("OMP_NUM_THREADS", "1");
    assertThat(run(command)).isEqualTo(Outcome.of(Double.parseDouble(own)));
  }

  @Test
  void thePasswordOfAStoreIsNotPassedOn() {
    Map<String, String> environment = new HashMap<>(Map.of("PGPASSWORD", "secret", "HOME", "/home/me"));
    new Attempt(Command.of("sh"), List.of("sh"), new JobFiles(directory)).adapt(environment);
    assertThat(environment).containsEntry("HOME", "/home/me").doesNotContainKey("PGPASSWORD");
    new Attempt(Command.of("sh").withEnvironment(Map.of("PGPASSWORD", "own")), List.of("sh"), new JobFiles(directory)).adapt(environment);
    assertThat(environment).as("what a library's caller gives it").containsEntry("PGPASSWORD", "own");
  }

  @Test
  void itRunsInItsWorkingDirectory() throws InterruptedException, IOException {
    Path home = Files.createDirectory(directory.resolve("home"));
    assertThat(run(Command.of("sh", "-c", "pwd; echo '{\"loss\": 1}'").withWorkingDirectory(home))).isEqualTo(Outcome.of(1));
    assertThat(log("stdout.log")).startsWith(home.toRealPath().toString());
  }

  @Test
  void itReadsNothing() throws InterruptedException {
    assertThat(sh("cat; echo '{\"loss\": 1}'")).isEqualTo(Outcome.of(1));
  }

  @Test
  void twoJobsRunAtOnce() throws Exception {
    // Each job waits for the other's file: one after the other they would never end.
    String script = "touch \"$0/../here-$1\"; until [ -e \"$0/../here-$((3 - $1))\" ]; do sleep 0.02; done; echo \"{\\\"loss\\\": $1}\"";
    CommandObjective objective = objective(Command.of("sh", "-c", script, "{directory}", "{id}").withTimeout(Duration.ofSeconds(30)));
    try (var workers = Executors.newFixedThreadPool(2)) {
      List<Callable<Outcome>> jobs = List.of(() -> objective.evaluate(Jobs.of("1"), Monitor.NONE), () -> objective.evaluate(Jobs.of("2"), Monitor.NONE));
      var futures = workers.invokeAll(jobs);
      assertThat(futures.get(0).get()).isEqualTo(Outcome.of(1));
      assertThat(futures.get(1).get()).isEqualTo(Outcome.of(2));
    }
  }

  @Test
  void aPlaceholderMayHaveLettersOfAnyAlphabet() throws InterruptedException, IOException {
    var objective = new CommandObjective(Command.of("echo", "{β1}"), List.of("β1"), directory);
    objective.evaluate(new Job("job", new Configuration(Map.of("β1", new Value.Real(0.5))), new ModuleSettings(List.of()), Jobs.SCALE, 7), Monitor.NONE);
    assertThat(log("stdout.log")).isEqualTo("0.5\n");
  }

  @Test
  void anUnknownPlaceholderNamesTheNearest() {
    assertThatThrownBy(() -> objective(Command.of("sh", "{sead}")))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("unknown placeholder {sead} in '{sead}'; did you mean {seed}?");
    assertThatThrownBy(() -> objective(Command.of("sh", "--rate={ratr}"))).hasMessageContaining("did you mean {rate}?");
    assertThatThrownBy(() -> new CommandObjective(Command.of("sh"), List.of("seed"), directory)).hasMessageContaining("cannot be called 'seed'");
  }

  @Test
  void bracesOfOtherLanguagesAreLeftAlone() throws InterruptedException, IOException {
    run(Command.of("printf", "%s ", "{ echo; }", "{\"a\": 1}", "{}", "${x", "{1,2}"));
    assertThat(log("stdout.log")).isEqualTo("{ echo; } {\"a\": 1} {} ${x {1,2} ");
  }

  @Test
  void badCommandsAreRefused() throws IOException {
    assertThatThrownBy(() -> objective(Command.of("pyton3"))).hasMessageContaining("no program 'pyton3' on the PATH");
    assertThatThrownBy(() -> objective(Command.of("./train.sh").withWorkingDirectory(directory))).hasMessageContaining("no program " + directory);
    Files.createFile(directory.resolve("train.sh"));
    assertThatThrownBy(() -> objective(Command.of("./train.sh").withWorkingDirectory(directory))).hasMessageContaining("not executable");
    assertThatThrownBy(Command::of).hasMessageContaining("needs a program");
    assertThatThrownBy(() -> Command.of("sh").withTimeout(Duration.ZERO)).hasMessageContaining("timeout must be positive");
    assertThatThrownBy(() -> Command.of("sh").withRetries(-1)).hasMessageContaining("retries must be >= 0, got -1");
    assertThatThrownBy(() -> Command.of("sh").withWorkingDirectory(directory.resolve("none"))).hasMessageContaining("not a directory");
  }

  @Test
  void aLineInPlaceOfAListIsRefused() throws IOException {
    String mend = "; give a list, [program, argument, ...], or for a shell [sh, -c, \"...\"]";
    assertThatThrownBy(() -> objective(Command.of("touch x; echo 1"))).hasMessage("command: no program 'touch x; echo 1' on the PATH" + mend);
    assertThatThrownBy(() -> objective(Command.of("sh train.sh --rate={rate}"))).hasMessage("command: no program 'sh train.sh --rate={rate}'" + mend);
    assertThatThrownBy(() -> objective(Command.of("./train.sh --rate 1").withWorkingDirectory(directory))).hasMessage("command: no program " + directory.resolve("./train.sh --rate 1") + mend);
    Path spaced = Files.createFile(Files.createDirectory(directory.resolve("my tools")).resolve("train it.sh"));
    assertThat(spaced.toFile().setExecutable(true)).isTrue();
    objective(Command.of(spaced.toString()));
    objective(Command.of(directory + "/my tools/train-{kind}.sh"));
  }

  @Test
  void aJobWithoutADirectoryFails() throws IOException, InterruptedException {
    Files.createFile(directory.resolve("job"));
    assertThat(sh("echo '{\"loss\": 1}'")).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason()).contains("cannot run sh in"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "kitten sitting"})
  void editDistanceIsAMetric(String a) {
    assertThat(EditDistance.between(a, a)).isZero();
    assertThat(EditDistance.between(a, "")).isEqualTo(a.length());
    assertThat(EditDistance.between("kitten", "sitting")).isEqualTo(3).isEqualTo(EditDistance.between("sitting", "kitten"));
    assertThat(EditDistance.between("csv", "cvs")).as("a swap").isEqualTo(1);
    assertThat(EditDistance.between("abcd", "bcda")).isEqualTo(2);
  }

  @Test
  void onlyANearWordIsSuggested() {
    assertThat(EditDistance.hint("nope", List.of("rgpe"))).isEmpty();
    assertThat(EditDistance.hint("aks", List.of("tell", "ask"))).isEqualTo("; did you mean 'ask'?");
    assertThat(EditDistance.hint("wokres", List.of("workers"))).isEqualTo("; did you mean 'workers'?");
  }

  @Test
  void whatHasAMeaningInAShellIsPassedAsItIs() throws InterruptedException, IOException {
    Path marker = directory.resolve("marker");
    String touch = "touch " + marker;
    Map<String, Value> values = Map.of("kind", new Value.Category("$(" + touch + ")"), "rate", new Value.Real(0.25));
    Job job = new Job("job", new Configuration(values), Jobs.of("job").settings(), Jobs.of("job").scale(), 7);
    Command command = Command.of("printf", "%s\\n", "{kind}", "; " + touch, "$(" + touch + ")", "`" + touch + "`", "| " + touch, "> " + marker, "&& " + touch, "*", "~", "{\"loss\": {rate}}");
    assertThat(new CommandObjective(command, values.keySet(), directory).evaluate(job, Monitor.NONE)).isEqualTo(Outcome.of(0.25));
    assertThat(log("stdout.log").lines()).containsExactly(
        "$(" + touch + ")", "; " + touch, "$(" + touch + ")", "`" + touch + "`", "| " + touch, "> " + marker, "&& " + touch, "*", "~", "{\"loss\": 0.25}");
    assertThat(marker).doesNotExist();
  }

  @Test
  void aTimeoutMayBeLongerThanAnyRun() throws InterruptedException {
    assertThat(run(Command.of("sh", "-c", "sleep 0.1; echo '{\"loss\": 1}'").withTimeout(Duration.ofMillis(Long.MAX_VALUE)))).isEqualTo(Outcome.of(1));
  }

  @Test
  void aResultFileThatIsNoTextFails() throws InterruptedException {
    assertThat(run(Command.of("sh", "-c", "printf '\\377\\376' > \"$0\"", "{result}").withRetries(0))).isInstanceOfSatisfying(Failed.class, f -> assertThat(f.reason()).contains("should hold {\"loss\": number}"));
    assertThat(run(Command.of("sh", "-c", "head -c 5000000 /dev/zero > \"$0\"", "{result}").withRetries(0))).isInstanceOfSatisfying(Failed.class, f -> assertThat(f.reason()).hasSizeLessThan(1000));
  }

  @Test
  void aReasonIsOneShortLineWhateverWasPrinted() throws InterruptedException {
    assertThat(sh("printf '{\"loss\": \"'; head -c 500000 /dev/zero | tr '\\0' x; echo '\"}'")).isInstanceOfSatisfying(Failed.class, f -> assertThat(f.reason()).hasSizeLessThan(3000).startsWith("command: the loss is not a number: "));
  }
}
