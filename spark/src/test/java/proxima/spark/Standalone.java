package proxima.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A standalone cluster on loopback: a master, and two workers of 4 cores on hosts of their own, 127.0.0.1 and 127.0.0.2. Executors have Spark's jars, and no other.
final class Standalone implements AutoCloseable {

  private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /// Jars of Spark's that Proxima has too.
  private static final List<String> BOTH = List.of("jackson-", "slf4j-api", "commons-codec", "commons-compress", "commons-math3");

  private final Path home;
  private final int port;
  private final Process master;
  private final List<Process> workers = new ArrayList<>();

  /// @param home an empty directory
  Standalone(Path home) throws IOException, InterruptedException {
    this.home = home;
    Path jars = Files.createDirectory(home.resolve("jars"));
    String provided = new String(Jars.class.getResourceAsStream("provided.txt").readAllBytes(), StandardCharsets.UTF_8);
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      String name = jar.getFileName().toString();
      if (name.endsWith(".jar") && (provided.contains(name) || BOTH.stream().anyMatch(name::startsWith))) {
        Files.createSymbolicLink(jars.resolve(name), jar);
      }
    }
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    master = start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", Integer.toString(port), "--webui-port", "0");
    while (!isListening()) {
      Thread.sleep(50);
    }
    workers.add(worker(0));
    workers.add(worker(1));
  }

  private boolean isListening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  String url() {
    return "spark://127.0.0.1:" + port;
  }

  private Process worker(int i) throws IOException {
    return start("worker" + i, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0." + (i + 1), "--webui-port", "0", "-c", "4", "-m", "1g", "-d", home.resolve("work" + i).toString(), url());
  }

  private Process start(String name, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of(JAVA, "-Xmx256m", "-cp", home.resolve("jars") + "/*"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(home.resolve(name + ".log").toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  /// Kills the executors of a worker, with what they run.
  /// @return how many there were
  int killExecutors(int worker) {
    List<ProcessHandle> executors = workers.get(worker).children().toList();
    executors.forEach(Standalone::kill);
    return executors.size();
  }

  /// Kills a worker and its executors.
  void killWorker(int worker) {
    kill(workers.get(worker).toHandle());
  }

  /// Starts the workers again that were killed.
  void mend() {
    for (int i = 0; i < workers.size(); i++) {
      if (!workers.get(i).isAlive()) {
        try {
          workers.set(i, worker(i));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static void kill(ProcessHandle process) {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  @Override
  public void close() throws IOException {
    workers.forEach(w -> kill(w.toHandle()));
    kill(master.toHandle());
    try (Stream<Path> links = Files.list(home.resolve("jars"))) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }
}
