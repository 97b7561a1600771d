package proxima.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proxima.cli.Json;
import proxima.space.JsonFields;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.SpaceJson;

/// A program that speaks the protocol of `proxima.protocol`, such as a Python package: a process for each run.
///
/// It is told the initial points as configurations that were never asked for. Where the task has rows, its suggestion stands for the nearest row
/// not tried yet: the trial is told as failed, which says nothing of its configuration, and the row as one never asked for.
///
/// @param command the program and its arguments
/// @param limit after which an answer is no longer waited for
record PeerContender(String name, List<String> command, Optional<String> lacks, Duration limit) implements Contender {

  @Override
  public Player start(Task task, int initial, int workers, long seed) throws InterruptedException {
    PeerProcess process = new PeerProcess(command, limit);
    try {
      ObjectNode hello = request("space").put("seed", seed);
      if (workers > 1) {
        hello.put("workers", workers);
      }
      hello.set("space", SpaceJson.of(task.space()));
      String version = process.answer(hello).path("server").asText();
      return new PeerPlayer(process, version, task.space(), new Rows(task.rows()));
    } catch (ContenderException | InterruptedException e) {
      process.close();
      throw e;
    }
  }

  private static ObjectNode request(String request) {
    return Json.object().put("request", request);
  }

  private static final class PeerPlayer implements Player {

    private final PeerProcess process;
    private final String version;
    private final SearchSpace space;
    private final Rows rows;
    private final List<Suggestion> open = new ArrayList<>();

    /// What was asked for and not told.
    /// @param tried what stands for it
    private record Suggestion(int trial, Point point, Point tried) {}

    PeerPlayer(PeerProcess process, String version, SearchSpace space, Rows rows) {
      this.process = process;
      this.version = version;
      this.space = space;
      this.rows = rows;
    }

    @Override
    public String version() {
      return version;
    }

    @Override
    public Point ask() throws InterruptedException {
      JsonNode reply = process.answer(request("ask"));
      try {
        Point x = space.snap(space.encode(SpaceJson.configuration(reply.path("configuration"), space)));
        Point tried = rows.any() ? rows.nearest(x) : x;
        rows.remove(tried);
        open.add(new Suggestion(JsonFields.index(reply, "trial", "the reply to ask"), x, tried));
        return tried;
      } catch (IllegalArgumentException e) {
        throw new ContenderException("its suggestion can not be used: " + e.getMessage());
      }
    }

    @Override
    public void tell(Point x, Outcome outcome) throws InterruptedException {
      rows.remove(x);
      Optional<Suggestion> asked = open.stream().filter(s -> s.tried.equals(x)).findFirst();
      asked.ifPresent(open::remove);
      if (asked.isPresent() && asked.get().point.equals(x)) {
        process.answer(with(request("tell").put("trial", asked.get().trial), outcome));
      } else {
        if (asked.isPresent()) {
          process.answer(request("tell").put("trial", asked.get().trial).put("failed", "stands for the row nearest to it"));
        }
        ObjectNode told = request("tell");
        told.set("configuration", SpaceJson.of(space.decode(x)));
        process.answer(with(told, outcome));
      }
    }

    private static ObjectNode with(ObjectNode tell, Outcome outcome) {
      return switch (outcome) {
        case Outcome.Finished f -> tell.put("loss", f.loss());
        case Outcome.Stopped s -> tell.put("loss", s.loss());
        case Outcome.Diverged d -> tell.put("diverged", d.step());
        case Outcome.Failed(String reason) -> tell.put("failed", reason);
      };
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
