package proxima.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGeneratorFactory;
import proxima.cli.InputException;
import proxima.study.JournalException;

/// Reads spoilt files one after another. Each must be accepted, or refused by lines that a user can read.
final class Fuzz {

  private static final long SECONDS = 5;

  /// 1 GB, of all that is allocated while one input is read.
  private static final long BYTES = 1_000_000_000;

  /// Of faults so many are told.
  private static final int SHOWN = 5;

  /// A problem's line: as long as this, or cut.
  private static final int LONGEST = 4_000;

  private final Kind kind;
  private final Path folder;
  private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// @param folder an empty one
  Fuzz(Kind kind, Path folder) {
    this.kind = kind;
    this.folder = folder;
  }

  /// What came of all inputs.
  ///
  /// @param faults each with the input's number, and where the input lies
  record Tally(String kind, long seed, int accepted, int refused, double seconds, double longest, List<String> faults) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%s: seed %d, %d accepted, %d refused, %d faults, %.1f s, the longest %.3f s", kind, seed, accepted, refused, faults.size(), seconds, longest);
    }
  }

  /// Reads as many spoilt files.
  Tally run(long seed, int count) throws IOException, InterruptedException {
    var mutator = new Mutator(RandomGeneratorFactory.of("L64X128MixRandom").create(seed), kind.documents());
    Path file = folder.resolve(kind.file());
    checkDocuments(file);
    List<String> faults = new ArrayList<>();
    int accepted = 0;
    double longest = 0;
    long start = System.nanoTime();
    ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    try {
      for (int i = 0; i < count && faults.size() < SHOWN; i++) {
        byte[] input = kind.isText() ? mutator.text() : mutator.bytes();
        Files.write(file, input);
        long begin = System.nanoTime();
        Future<Optional<String>> read = thread.submit(reading(file));
        try {
          Optional<String> said = read.get(SECONDS, TimeUnit.SECONDS);
          accepted += said.isEmpty() ? 1 : 0;
        } catch (ExecutionException e) {
          faults.add(fault(seed, i, input, String.valueOf(e.getCause()), e.getCause()));
        } catch (TimeoutException e) {
          faults.add(fault(seed, i, input, "takes more than " + SECONDS + " s", e));
          break;
        }
        longest = Math.max(longest, (System.nanoTime() - begin) * 1e-9);
      }
    } finally {
      thread.shutdownNow();
    }
    int refused = count - accepted - faults.size();
    return new Tally(kind.name(), seed, accepted, refused, (System.nanoTime() - start) * 1e-9, longest, faults);
  }

  private void checkDocuments(Path file) throws IOException {
    for (byte[] document : kind.documents()) {
      Files.write(file, document);
      try {
        kind.reader().read(file);
      } catch (Exception e) {
        throw new IllegalStateException(kind.name() + ": a document is not valid: " + new String(document, 0, Math.min(200, document.length), StandardCharsets.UTF_8), e);
      }
    }
  }

  /// Empty where the file is accepted; else what is said of it.
  private Callable<Optional<String>> reading(Path file) {
    return () -> {
      long before = memory.getCurrentThreadAllocatedBytes();
      Optional<String> said = said(file);
      long allocated = memory.getCurrentThreadAllocatedBytes() - before;
      if (allocated > BYTES) {
        throw new IllegalStateException("allocates " + allocated + " bytes");
      }
      return said;
    };
  }

  private Optional<String> said(Path file) throws Exception {
    try {
      kind.reader().read(file);
      return Optional.empty();
    } catch (InputException e) {
      return Optional.of(lines(e.problems()));
    } catch (JournalException e) {
      return Optional.of(lines(List.of(String.valueOf(e.getMessage()))));
    }
  }

  /// @throws IllegalStateException if there is none, or one is no line that a user can read.
  private static String lines(List<String> problems) {
    if (problems.isEmpty()) {
      throw new IllegalStateException("refused without a word");
    }
    for (String p : problems) {
      if (p.isBlank() || p.endsWith(": null") || p.length() > LONGEST || p.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
        throw new IllegalStateException("refused by no line: " + p.substring(0, Math.min(500, p.length())));
      }
    }
    return String.join("\n", problems);
  }

  private String fault(long seed, int number, byte[] input, String what, Throwable cause) throws IOException {
    Path kept = Files.write(Files.createTempFile("fuzz-", "-" + kind.file()), input);
    StackTraceElement[] trace = cause.getStackTrace();
    StringBuilder text = new StringBuilder(kind.name() + ", seed " + seed + ", mutation " + number + ": " + what.lines().findFirst().orElse("") + "\n  input " + kept + ": ");
    text.append(new String(input, 0, Math.min(300, input.length), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " "));
    for (int i = 0; i < Math.min(8, trace.length); i++) {
      text.append("\n    at ").append(trace[i]);
    }
    return text.toString();
  }
}
