package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxima.bench.result.Run;
import proxima.cli.Json;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.SpaceJson;
import proxima.tables.LossTable;

class PeerContenderTest {

  private static final TaskEntry BRANIN = Catalogue.synthetic("branin").getFirst();

  /// Suggests (0.1, 0.5), (0.2, 0.5), and then does what its second argument says. Notes requests and its own number in the folder of the first.
  private static final String SCRIPT = """
      echo $$ > "$1/pid"
      read line
      echo '{"server":"fake 1.0, shell"}'
      n=0
      while read -r line; do
        echo "$line" >> "$1/requests"
        case "$line" in
          *'"ask"'*) n=$((n + 1)); if [ $n = 3 ]; then eval "$2"; fi; echo "{\\"trial\\":$n,\\"configuration\\":{\\"x0\\":0.$n,\\"x1\\":0.5}}" ;;
          *) echo '{"outcome":"finished"}' ;;
        esac
      done
      """;

  @TempDir private Path folder;

  private PeerContender peer(String third, Duration limit) {
    return new PeerContender("fake", List.of("sh", "-c", SCRIPT, "peer", folder.toString(), third), Optional.empty(), limit);
  }

  private boolean isGone() throws IOException {
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      echo Traceback >&2; echo 'ValueError: no luck, twice' >&2; echo >&2; exit 7 | ended with exit code 7 on ask: ValueError: no luck; twice
      exit 0                                                                      | ended with exit code 0 on ask
      echo 'jitter = 0.1'; continue                                               | replied to ask with what is no JSON (Unrecognized token 'jitter': was expecting (JSON String; Number; Array; Object or token 'null'; 'true' or 'false')): jitter = 0.1
      echo '{"trial":3,"configuration":{"x0":NaN,"x1":0}}'; continue              | replied to ask with what is no JSON (Non-standard token 'NaN'): {'trial':3;
      echo '[1]'; continue                                                        | replied to ask: [1]
      echo '{"error":"no more"}'; continue                                        | replied to ask: {'error':'no more'}
      echo '{"trial":3,"configuration":{"x0":3,"x1":0}}'; continue                | its suggestion can not be used: parameter 'x0' takes a real number in [0.0; 1.0]; got 3.0
      echo '{"trial":3}'; continue                                                | its suggestion can not be used: a configuration is an object of values; got nothing
      printf '%1100000s\\n' x; continue                                           | replied to ask with a line that is longer than the 1048576 characters that a line may have
      echo '{"configuration":{"x0":1,"x1":0}}'; continue                          | its suggestion can not be used: the reply to ask needs the field 'trial'; got {'configuration':{'x0':1;'x1':0}}
      """)
  void whatGoesWrongEndsItsRunAloneWithTheReason(String third, String reason) throws IOException, InterruptedException {
    Run run = new Game(BRANIN, peer(third, Duration.ofSeconds(60)), 1, 0, 4, 10).play();
    assertThat(run.failure().orElseThrow()).startsWith(reason);
    assertThat(run.version()).isEqualTo("fake 1.0; shell");
    assertThat(run.steps()).hasSize(4 + 2);
    assertThat(run.trials()).isEqualTo(10);
    assertThat(isGone()).isTrue();
  }

  @Test
  void aPeerThatHangsIsKilledWithWhatItStarted() throws IOException, InterruptedException {
    Path child = folder.resolve("child");
    Run run = new Game(BRANIN, peer("sleep 1000 & echo $! > '" + child + "'; wait", Duration.ofSeconds(5)), 1, 0, 4, 10).play();
    assertThat(run.failure()).contains("gave no reply to ask in 5 s");
    assertThat(run.steps()).hasSize(4 + 2);
    assertThat(isGone()).isTrue();
    // Its parent is gone: what is left of it is a moment's work of the kernel.
    Optional<ProcessHandle> sleep = ProcessHandle.of(Long.parseLong(Files.readString(child).strip()));
    sleep.ifPresent(p -> p.onExit().orTimeout(60, TimeUnit.SECONDS).join());
  }

  /// Three thousand replies to one request.
  @Test
  void aPeerThatWritesWhatNobodyAskedForIsNotKeptInMemory() {
    String flood = "read line; i=0; while [ $i != 3000 ]; do echo '{}'; i=$((i + 1)); done; cat";
    try (var process = new PeerProcess(List.of("sh", "-c", flood), Duration.ofSeconds(60))) {
      assertThatThrownBy(() -> {
        // So few that more than are kept are left.
        for (int i = 0; i < 900; i++) {
          process.answer(Json.object().put("request", "tell"));
          Thread.sleep(10);
        }
      }).isInstanceOf(ContenderException.class).hasMessage("has written 1000 lines and more that nobody asked for, before tell");
    }
  }

  @Test
  void aProgramThatDoesNotStartFailsBeforeTheFirstTrial() throws InterruptedException {
    Run run = new Game(BRANIN, new PeerContender("none", List.of("/no/such/python"), Optional.empty(), Duration.ofSeconds(5)), 1, 0, 4, 10).play();
    assertThat(run.failure()).hasValueSatisfying(f -> assertThat(f).startsWith("does not start: "));
    assertThat(run.steps()).isEmpty();
  }

  @Test
  void aRowStandsForASuggestionAndItsOwnPointIsTold() throws IOException, InterruptedException {
    SearchSpace space = SearchSpace.of(Parameter.real("x0", 0, 1), Parameter.real("x1", 0, 1));
    Map<Point, List<Double>> losses = new LinkedHashMap<>();
    losses.put(Point.of(0.9, 0.9), List.of(3.0));
    losses.put(Point.of(0.1, 0.5), List.of(2.0));
    losses.put(Point.of(0.125, 0.5), List.of(Double.POSITIVE_INFINITY));
    losses.put(Point.of(0.25, 0.75), List.of(1.0));
    Task task = TableTask.of(new LossTable(space, losses));
    List<Point> tried = new ArrayList<>();
    try (Player player = peer("exit 1", Duration.ofSeconds(60)).start(task, 1, 1, 0)) {
      player.tell(Point.of(0.9, 0.9), task.observe(Point.of(0.9, 0.9), new Random(0)));
      for (int i = 0; i < 2; i++) {
        tried.add(player.ask());
        player.tell(tried.getLast(), task.observe(tried.getLast(), new Random(0)));
      }
    }
    assertThat(tried).containsExactly(Point.of(0.1, 0.5), Point.of(0.125, 0.5));
    assertThat(Files.readAllLines(folder.resolve("requests"))).containsExactly(
        "{\"request\":\"tell\",\"configuration\":{\"x0\":0.9,\"x1\":0.9},\"loss\":3.0}",
        "{\"request\":\"ask\"}",
        "{\"request\":\"tell\",\"trial\":1,\"loss\":2.0}",
        "{\"request\":\"ask\"}",
        "{\"request\":\"tell\",\"trial\":2,\"failed\":\"stands for the row nearest to it\"}",
        "{\"request\":\"tell\",\"configuration\":{\"x0\":0.125,\"x1\":0.5},\"diverged\":0}");
  }

  /// The protocol's other end: `study` answers a peer's requests.
  @Test
  void aStudyIsAPeer() throws IOException, InterruptedException {
    Path space = Files.writeString(folder.resolve("space.json"), SpaceJson.of(BRANIN.at(0).space()).toString());
    List<String> study = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Main.class.getName(),
        "study", space.toString(), "--strategy", "random", "--seed", "3");
    Run run = new Game(BRANIN, new PeerContender("study", study, Optional.empty(), Duration.ofSeconds(60)), 1, 3, 4, 10).play();
    assertThat(run.failure()).isEmpty();
    assertThat(run.version()).startsWith("proxima ");
    assertThat(run.steps()).hasSize(10).allMatch(s -> Double.isFinite(s.loss())).doesNotHaveDuplicates();
  }
}
