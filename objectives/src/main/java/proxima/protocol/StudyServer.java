package proxima.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import proxima.cli.LineReader;
import proxima.gp.Threads;
import proxima.space.OneLine;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.SpaceJson;
import proxima.strategy.Knowledge;
import proxima.strategy.Recommendation;
import proxima.study.JournalException;
import proxima.study.Study;
import proxima.study.Trial;
import proxima.study.TrialResult;

/// Answers a client's requests from a study. An error is an answer too: no line ends the session.
public final class StudyServer {

  private final Study study;
  private final String server;
  private final String strategy;
  private final Threads threads;

  /// @param server who answers, with the version
  /// @param strategy the name of the study's strategy
  /// @param threads to fit on, where a trial is recommended
  public StudyServer(Study study, String server, String strategy, Threads threads) {
    this.study = study;
    this.server = server;
    this.strategy = strategy;
    this.threads = threads;
  }

  /// Answers each line, in UTF-8, before it reads the next, until the input ends. Blank lines are passed over.
  /// @throws IOException if the input can not be read or the output not written
  public void serve(InputStream in, OutputStream out) throws IOException {
    LineReader requests = new LineReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    Writer replies = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    for (Optional<String> line = requests.next(); line.isPresent(); line = requests.next()) {
      if (!line.get().isBlank()) {
        replies.write(reply(line.get()) + "\n");
        replies.flush();
      }
    }
  }

  /// The reply to one request.
  ObjectNode reply(String line) {
    if (LineReader.isTooLong(line)) {
      return error("a request " + LineReader.TOO_LONG);
    }
    try {
      return switch (RequestJson.read(line, study.space())) {
        case Request.Space(Optional<SearchSpace> space, OptionalLong seed) -> space(space, seed);
        case Request.Ask() -> trial(study.ask());
        case Request.Tell(int trial, Outcome outcome) -> told(trial, study.tell(trial, outcome));
        case Request.Stop(int trial) -> told(trial, study.stop(trial));
        case Request.Add(var configuration, Outcome outcome) -> {
          Optional<Trial> added = study.addFirst(configuration, outcome);
          ObjectNode told = told(added.orElseGet(() -> study.add(configuration, outcome)).number(), outcome);
          yield added.isPresent() ? told : told.put("known", true);
        }
        case Request.Report(int trial, long step, double loss) ->
            object().put("trial", trial).put("step", step).put("decision", study.report(trial, step, loss).id());
        case Request.Best() -> best();
        case Request.Recommend() -> recommended();
      };
    } catch (IllegalArgumentException | IllegalStateException | JournalException e) {
      return error(String.valueOf(e.getMessage()));
    }
  }

  private static ObjectNode error(String message) {
    return object().put("error", OneLine.of(message));
  }

  private ObjectNode space(Optional<SearchSpace> space, OptionalLong seed) {
    if (space.isPresent() && !space.get().equals(study.space())) {
      throw new IllegalArgumentException("this study is of another space; leave 'space' out to see it, or start a study of yours");
    }
    if (seed.isPresent() && seed.getAsLong() != study.seed()) {
      throw new IllegalArgumentException("this study has seed " + study.seed() + ", got " + seed.getAsLong() + "; start a study with that seed");
    }
    study.refresh();
    ObjectNode reply =
        object().put("server", server).put("strategy", strategy).put("seed", study.seed()).put("trials", study.trials().size());
    ArrayNode pending = reply.putArray("pending");
    study.pending().forEach(t -> pending.add(trial(t)));
    reply.set("space", SpaceJson.of(study.space()));
    return reply;
  }

  private static ObjectNode trial(Trial trial) {
    ObjectNode node = object().put("trial", trial.number());
    node.set("configuration", SpaceJson.of(trial.configuration()));
    trial.steps().ifPresent(steps -> node.put("steps", steps));
    return node;
  }

  private static ObjectNode told(int trial, Outcome outcome) {
    String kind = switch (outcome) {
      case Outcome.Finished _ -> "finished";
      case Outcome.Stopped _ -> "stopped";
      case Outcome.Diverged _ -> "diverged";
      case Outcome.Failed _ -> "failed";
    };
    return object().put("trial", trial).put("outcome", kind);
  }

  private ObjectNode best() {
    study.refresh();
    ObjectNode reply = object();
    Optional<TrialResult> best = study.best();
    if (best.isEmpty()) {
      return reply.putNull("best");
    }
    reply.set("best", finished(best.get()));
    return reply;
  }

  private ObjectNode recommended() {
    study.refresh();
    Knowledge known = study.knowledge();
    ObjectNode reply = object().putNull("recommended");
    Recommendation.of(known, 1, threads).forEach(r -> {
      Point point = known.evaluations().get(r.index()).point();
      TrialResult trial = study.trials().stream().filter(t -> t.loss().isPresent() && t.point().equals(point)).findFirst().orElseThrow();
      ObjectNode node = finished(trial).putNull("mean");
      r.mean().ifPresent(mean -> node.put("mean", mean));
      reply.set("recommended", node);
    });
    return reply;
  }

  private static ObjectNode finished(TrialResult trial) {
    return trial(trial.trial()).put("loss", trial.loss().orElseThrow());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
