package proxima.bench;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import proxima.bench.result.OutOfBag;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.learn.PriorTasks;

/// A task and what is known of others like it.
record TransferTask(Task task, PriorTasks known) implements Task {

  @Override
  public SearchSpace space() {
    return task.space();
  }

  @Override
  public String kind() {
    return task.kind() + ", after " + known.tasks().size() + " prior tasks";
  }

  @Override
  public Optional<OutOfBag> outOfBag() {
    return task.outOfBag();
  }

  @Override
  public Optional<PriorTasks> prior() {
    return Optional.of(known);
  }

  @Override
  public List<Point> rows() {
    return task.rows();
  }

  @Override
  public Outcome observe(Point x, RandomGenerator noise) {
    return task.observe(x, noise);
  }

  @Override
  public double value(Point x) {
    return task.value(x);
  }

  @Override
  public double best() {
    return task.best();
  }

  @Override
  public double median() {
    return task.median();
  }
}
