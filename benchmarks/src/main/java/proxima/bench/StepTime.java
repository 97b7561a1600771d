package proxima.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import proxima.module.Factors;
import proxima.module.Hyperparameters;
import proxima.module.Network;
import proxima.module.Optimizer;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.proxy.Activation;
import proxima.proxy.Text;
import proxima.proxy.Transformer;
import proxima.proxy.TransformerObjective;
import proxima.scaling.Scale;
import proxima.scaling.ScalingRule;
import proxima.scaling.ScalingTable;
import proxima.scaling.Transfer;
import proxima.space.Configuration;
import proxima.study.Decision;
import proxima.train.Device;
import proxima.train.Schedule;

/// Time of one training step here and in eager PyTorch for Python, by turns, on one thread each.
///
/// After a build by the launcher, in the project's folder:
/// ```
/// java --enable-native-access=ALL-UNNAMED -cp "benchmarks/target/benchmarks-0.1.0.jar:$(cat benchmarks/target/classpath.txt)" proxima.bench.StepTime 10
/// ```
/// The peer is `benchmarks/peers/step_time.py`; its arguments are the number of rounds, the Python to run, and the script. Without a peer only this side is timed.
public final class StepTime {

  private static final int VOCABULARY = 96;
  private static final int WIDTH = 128;
  private static final int DEPTH = 4;
  private static final int HEADS = 4;
  private static final int SEQUENCE = 64;
  private static final int SEQUENCES = 16;

  /// Steps in a turn. A training reports each of its steps only while it has fewer than twice forty.
  private static final int STEPS = 24;

  /// First steps of a turn, not counted.
  private static final int WARMUP = 4;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /// Milliseconds of each counted step of one turn.
  record Turn(List<Double> wall, List<Double> cpu) {}

  private StepTime() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    String python = args.length > 1 ? args[1] : "python3";
    String script = args.length > 2 ? args[2] : "benchmarks/peers/step_time.py";
    Transformer transformer = transformer();
    TransformerObjective objective = objective(transformer);
    Process peer = new ProcessBuilder(python, script).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<Turn> ours = new ArrayList<>();
    List<Turn> theirs = new ArrayList<>();
    try (Writer to = peer.outputWriter(StandardCharsets.US_ASCII);
        var from = new BufferedReader(new InputStreamReader(peer.getInputStream(), StandardCharsets.US_ASCII))) {
      String version = from.readLine();
      System.out.println("peer: " + (version == null ? "did not start: " + python + " " + script : version));
      for (int round = -1; round < rounds; round++) {
        Turn our = turn(transformer, objective, round);
        Turn their = version == null ? new Turn(List.of(), List.of()) : peerTurn(to, from);
        if (round >= 0) {
          ours.add(our);
          theirs.add(their);
          System.out.printf("round %2d  ", round + 1);
          print(List.of(our), List.of(their));
        }
      }
    } finally {
      peer.destroy();
    }
    System.out.print("all       ");
    print(ours, theirs);
  }

  private static Turn turn(Transformer transformer, TransformerObjective objective, long seed) throws InterruptedException {
    return turn(transformer, objective, Optimizer.ADAMW, seed);
  }

  /// The steps of a training with an optimizer's usual values.
  static Turn turn(Transformer transformer, TransformerObjective objective, Optimizer optimizer, long seed) throws InterruptedException {
    var scale = new Scale(WIDTH, DEPTH, SEQUENCE * SEQUENCES, (long) SEQUENCE * SEQUENCES * STEPS);
    Network network = transformer.at(scale);
    Transfer transfer = new Transfer(ScalingRule.of(ScalingTable.SP, 1), scale, network, Hyperparameters.of(optimizer), Factors.plain(network));
    long[] wall = new long[STEPS];
    long[] cpu = new long[STEPS];
    Monitor monitor =
        (step, loss) -> {
          wall[(int) step - 1] = System.nanoTime();
          cpu[(int) step - 1] = THREADS.getCurrentThreadCpuTime();
          return Decision.CONTINUE;
        };
    var _ = objective.evaluate(new Job("step-time", new Configuration(Map.of()), transfer.base(), scale, seed), monitor);
    return new Turn(differences(wall), differences(cpu));
  }

  static Transformer transformer() {
    return Transformer.of(VOCABULARY, WIDTH, HEADS, Activation.GELU, false);
  }

  static TransformerObjective objective(Transformer transformer) {
    return new TransformerObjective(transformer, new Text.HiddenMarkov(), SEQUENCE, Device.CPU, Schedule.DEFAULT, 0);
  }

  private static List<Double> differences(long[] nanos) {
    List<Double> millis = new ArrayList<>();
    for (int i = WARMUP; i < nanos.length; i++) {
      millis.add((nanos[i] - nanos[i - 1]) / 1e6);
    }
    return millis;
  }

  private static Turn peerTurn(Writer to, BufferedReader from) throws IOException {
    to.write(STEPS + "\n");
    to.flush();
    String line = from.readLine();
    if (line == null) {
      throw new IOException("the peer stopped");
    }
    List<Double> wall = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    Arrays.stream(line.split(" ", -1))
        .skip(WARMUP)
        .forEach(
            pair -> {
              int slash = pair.indexOf('/');
              wall.add(Double.parseDouble(pair.substring(0, slash)));
              cpu.add(Double.parseDouble(pair.substring(slash + 1)));
            });
    return new Turn(wall, cpu);
  }

  private static void print(List<Turn> ours, List<Turn> theirs) {
    double[] a = {median(ours, true), median(ours, false), median(theirs, true), median(theirs, false)};
    System.out.printf(
        "proxima %.1f ms (cpu %.1f)   peer %.1f ms (cpu %.1f)   ratio %.3f (cpu %.3f)%n", a[0], a[1], a[2], a[3], a[0] / a[2], a[1] / a[3]);
  }

  static double median(List<Turn> turns, boolean wall) {
    double[] sorted = turns.stream().flatMap(t -> (wall ? t.wall() : t.cpu()).stream()).mapToDouble(d -> d).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
