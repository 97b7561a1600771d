package proxima.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import proxima.cli.LineReader;
import proxima.space.JsonFields;

/// The process of a peer, in an empty folder of its own and on one thread: requests and replies, one JSON object a line.
final class PeerProcess implements AutoCloseable {

  private static final ObjectMapper MAPPER = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /// The thread pools of BLAS and of the packages.
  private static final Map<String, String> ONE_THREAD = Map.of(
      "OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1", "MKL_NUM_THREADS", "1", "NUMEXPR_NUM_THREADS", "1",
      "XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1");

  /// Hang-up, Ctrl-C and termination, which may have gone to this process too.
  private static final Set<Integer> ASKED_TO_STOP = Set.of(128 + 1, 128 + 2, 128 + 15);
  /// 1 s: this thread's own interrupt comes in that time if the whole comparison was asked to stop, and the peer then did not fail.
  private static final long STOP_MILLIS = 1000;
  /// 5 s: a process that has closed its output ends in milliseconds, and a killed one too, unless the kernel holds it.
  private static final long END_SECONDS = 5;

  private static final int SHOWN = 200;

  /// Of lines that nobody has asked for no more are kept.
  private static final int MOST_UNREAD = 1000;

  private final Duration limit;
  private final Path folder;
  private final Process process;
  private final Thread errors;
  // Empty where the output ended.
  private final BlockingQueue<Optional<String>> replies = new LinkedBlockingQueue<>(MOST_UNREAD);
  private volatile boolean floods;
  private volatile String lastError = "";

  /// @param limit for each answer
  /// @throws ContenderException if the program does not start.
  PeerProcess(List<String> command, Duration limit) {
    this.limit = limit;
    try {
      this.folder = Files.createTempDirectory("proxima-peer");
    } catch (IOException e) {
      throw new ContenderException("has no folder to run in: " + e.getMessage());
    }
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().putAll(ONE_THREAD);
      this.process = builder.start();
    } catch (IOException e) {
      delete(folder);
      throw new ContenderException("does not start: " + e.getMessage());
    }
    follow(process.getInputStream(), line -> keep(Optional.of(line)), () -> keep(Optional.empty()));
    this.errors = follow(process.getErrorStream(), line -> lastError = line.isBlank() ? lastError : line.strip(), () -> {});
  }

  /// The pipes never fill up, whatever the peer writes.
  private static Thread follow(InputStream in, Consumer<String> line, Runnable end) {
    return Thread.ofPlatform().daemon().start(() -> {
      try (LineReader reader = new LineReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        for (Optional<String> next = reader.next(); next.isPresent(); next = reader.next()) {
          line.accept(next.get());
        }
      } catch (IOException e) {
        // The process was killed: its output has ended.
      } finally {
        end.run();
      }
    });
  }

  private void keep(Optional<String> line) {
    if (!replies.offer(line)) {
      floods = true;
    }
  }

  /// The reply to a request.
  /// @throws ContenderException if the process ends, takes longer than the limit, or replies with an error or with what is no JSON object.
  JsonNode answer(ObjectNode request) throws InterruptedException {
    String what = request.path("request").asText();
    if (floods) {
      throw new ContenderException("has written " + MOST_UNREAD + " lines and more that nobody asked for, before " + what);
    }
    try {
      OutputStream out = process.getOutputStream();
      out.write((request + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw ended(what);
    }
    Optional<String> line = replies.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (line == null) {
      throw new ContenderException("gave no reply to " + what + " in " + limit.toSeconds() + " s" + said());
    }
    if (line.isEmpty()) {
      throw ended(what);
    }
    if (LineReader.isTooLong(line.get())) {
      throw new ContenderException("replied to " + what + " with a line that " + LineReader.TOO_LONG);
    }
    return read(line.get(), what);
  }

  private static JsonNode read(String line, String what) {
    JsonNode reply;
    try {
      reply = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new ContenderException("replied to " + what + " with what is no JSON (" + JsonFields.fault(e) + "): " + shortened(line));
    }
    if (!reply.isObject() || reply.has("error")) {
      throw new ContenderException("replied to " + what + ": " + shortened(line));
    }
    return reply;
  }

  private ContenderException ended(String what) throws InterruptedException {
    String how = "is still running, with its output closed";
    if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      int code = process.exitValue();
      if (ASKED_TO_STOP.contains(code)) {
        Thread.sleep(STOP_MILLIS);
      }
      how = "ended with exit code " + code;
      errors.join(Duration.ofSeconds(END_SECONDS));
    }
    return new ContenderException(how + " on " + what + said());
  }

  /// The last line on standard error.
  private String said() {
    return lastError.isEmpty() ? "" : ": " + shortened(lastError);
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  /// Kills the process and what it started, and deletes its folder.
  @Override
  public void close() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    process.onExit().completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS).join();
    delete(folder);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A folder for temporary files keeps it.
    }
  }
}
