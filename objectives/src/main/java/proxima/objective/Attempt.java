package proxima.objective;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import proxima.space.Outcome;

/// One run of a command's process: reads its losses as they come, and ends it where they or the time say so.
///
/// Output goes to files, not pipes: a grandchild that outlives the process cannot hold the reader up, and nothing is lost. One that outlives a crash, such as a worker of a
/// launcher, is ended: it would speak for the next attempt. So is the process of an attempt before, where the program that followed it was killed.
final class Attempt {

  /// 20 ms: well under the time of the shortest training, and nothing of a core.
  private static final long POLL_MILLIS = 20;

  /// Hang-up, Ctrl-C and termination, which may have gone to this process too.
  private static final Set<Integer> ASKED_TO_STOP = Set.of(128 + 1, 128 + 2, 128 + 15);
  /// 1 s: this thread's own interrupt comes in that time if the whole run was asked to stop, and the job is then no failure.
  private static final long STOP_MILLIS = 1000;

  /// 10 s: time for a training that is stopped to write what it wants to keep.
  private static final long LEAVE_SECONDS = 10;

  private static final int SHOWN = 300;

  /// Once a second it is looked what processes there are.
  private static final long FAMILY_POLLS = 50;

  private final Command command;
  private final List<String> arguments;
  private final JobFiles files;
  /// All that the process has been seen to begin.
  private final Set<ProcessHandle> family = new LinkedHashSet<>();

  Attempt(Command command, List<String> arguments, JobFiles files) {
    this.command = command;
    this.arguments = arguments;
    this.files = files;
  }

  /// @param crashed whether the process failed without having said a loss that counts, so that another attempt may help
  record End(Outcome outcome, boolean crashed) {}

  /// @throws InterruptedException if the thread was interrupted; the process and its descendants are then gone.
  End run(Monitor monitor) throws IOException, InterruptedException {
    Orphan.find(files.process()).ifPresent(Attempt::end);
    Files.deleteIfExists(files.result());
    long outStart = touch(files.out());
    long errStart = touch(files.err());
    var builder = new ProcessBuilder(arguments)
        .directory(command.workingDirectory().toFile())
        .redirectOutput(ProcessBuilder.Redirect.appendTo(files.out().toFile()))
        .redirectError(ProcessBuilder.Redirect.appendTo(files.err().toFile()));
    adapt(builder.environment());
    var losses = new Losses(monitor);
    try (var tail = new LineTail(files.out(), outStart)) {
      Process process = builder.start();
      boolean survives = false;
      try {
        Orphan.note(files.process(), process);
        process.getOutputStream().close();
        End end = follow(process, tail, losses, errStart);
        survives = !process.isAlive() && !end.crashed;
        return end;
      } finally {
        end(process.toHandle());
        if (!survives) {
          family.stream().filter(ProcessHandle::isAlive).forEach(Attempt::kill);
        }
        Files.deleteIfExists(files.process());
        files.shorten();
      }
    }
  }

  /// Makes the environment of this process that of the command. What a command prints comes into logs and reports: the password of a store is not for it.
  void adapt(Map<String, String> environment) {
    environment.remove("PGPASSWORD");
    // One thread a worker unless the user's environment says otherwise, and Python's losses as they are printed.
    environment.putIfAbsent("OMP_NUM_THREADS", "1");
    environment.putIfAbsent("PYTHONUNBUFFERED", "1");
    environment.putAll(command.environment());
  }

  private End follow(Process process, LineTail tail, Losses losses, long errStart) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Duration limit = command.timeout();
    boolean running = true;
    for (long polls = 0; running; polls++) {
      running = !process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (polls % FAMILY_POLLS == 0) {
        process.descendants().forEach(family::add);
      }
      Consumer<String> line = text -> Report.parse(text).ifPresent(losses::add);
      if (running) {
        tail.next(line);
      } else {
        tail.last(line);
      }
      if (losses.isOver()) {
        Outcome outcome = losses.outcome().orElseThrow();
        if (outcome instanceof Outcome.Stopped) {
          askToStop(process);
        }
        return new End(outcome, false);
      }
      if (running && Duration.ofNanos(System.nanoTime() - start).compareTo(limit) > 0) {
        // One that has said all it had to say, and does not end, has finished.
        result(false).ifPresent(losses::addWritten);
        String fault = "ran past its timeout of " + limit.toMillis() / 1000.0 + " s";
        return losses.outcomeDespite(fault).map(o -> new End(o, false))
            .orElseGet(() -> new End(new Outcome.Failed("command: " + fault + ", last seen at step " + losses.lastStep() + losses.doubt() + "; log " + files.out()), false));
      }
    }
    int code = process.exitValue();
    result(code == 0).ifPresent(losses::addWritten);
    String fault = code > 128 ? "exit code " + code + ", perhaps signal " + (code - 128) : "exit code " + code;
    Optional<Outcome> outcome = code == 0 ? losses.outcome() : losses.outcomeDespite(fault);
    if (outcome.isEmpty() && ASKED_TO_STOP.contains(code)) {
      Thread.sleep(STOP_MILLIS);
    }
    return outcome.map(o -> new End(o, false)).orElseGet(() -> code == 0 ? silent(losses, tail.hasPassedOver()) : crashed(fault + losses.doubt(), errStart));
  }

  /// What the result file says, where there is one.
  /// @param whole whether it should be whole; one that a process left in the middle of writing is none
  private Optional<Report> result(boolean whole) throws IOException {
    return Files.exists(files.result()) ? Optional.of(written()).filter(r -> whole || !(r instanceof Report.Unreadable)) : Optional.empty();
  }

  private Report written() throws IOException {
    String text = text(files.result()).replaceAll("\\R", " ").strip();
    return Report.parse(text)
        .filter(r -> !(r instanceof Report.Step))
        .orElseGet(() -> new Report.Unreadable("the result file " + files.result() + " should hold {\"loss\": number}, got '" + shortened(text) + "'"));
  }

  /// As far as a line of its output is read.
  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LineTail.LONGEST), StandardCharsets.UTF_8);
    }
  }

  private End silent(Losses losses, boolean hasPassedOver) {
    String steps = losses.lastStep() > 0 ? " (losses of steps up to " + losses.lastStep() + " only)" : "";
    return new End(new Outcome.Failed("command: exited 0 but gave no final loss" + steps
        + (hasPassedOver ? "; a line of its standard output is longer than the " + LineTail.LONGEST + " bytes that a line may have, and was passed over" : "")
        + "; expected a line {\"loss\": number} on standard output, or in the file {result}; log " + files.out()), false);
  }

  private End crashed(String how, long errStart) {
    String said = lastError(errStart).map(line -> ": " + line).orElse(", nothing on standard error");
    return new End(new Outcome.Failed("command: failed with " + how + said + "; log " + files.err()), true);
  }

  /// Looked for in the last of what the attempt wrote there, as much as a line may have.
  private Optional<String> lastError(long start) {
    try (var tail = new LineTail(files.err(), Math.max(start, Files.size(files.err()) - LineTail.LONGEST))) {
      List<String> lines = new ArrayList<>();
      tail.last(lines::add);
      return lines.stream().map(String::strip).filter(line -> !line.isEmpty()).reduce((a, b) -> b).map(Attempt::shortened);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  /// Makes the file if there is none; its size.
  private static long touch(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    return Files.size(file);
  }

  /// Asks the process and all that it began to terminate, and waits for all of them a while.
  private void askToStop(Process process) throws InterruptedException {
    process.descendants().forEach(family::add);
    List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), family.stream()).toList();
    all.forEach(ProcessHandle::destroy);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEAVE_SECONDS);
    while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < end) {
      Thread.sleep(POLL_MILLIS);
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /// Kills the process and its descendants, and waits for the process.
  private static void end(ProcessHandle process) {
    if (process.isAlive()) {
      kill(process);
      // A killed process is gone in microseconds, unless the kernel holds it: 5 s, then go on.
      process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
    }
  }

  /// The parent first, so that it starts no more; its children are listed before, as they lose it with its death.
  private static void kill(ProcessHandle handle) {
    List<ProcessHandle> children = handle.children().toList();
    handle.destroyForcibly();
    children.forEach(Attempt::kill);
  }
}
