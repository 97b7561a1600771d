package proxima.diagnose;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Trains what the sweeps of a check need, of which a log may have a part already.
///
/// Where the lowest loss of a size is at the end of its rates, rates beyond it are added, an octave at a time; those that the proxy gets, all sizes get,
/// since its optimum is looked at everywhere.
public final class Sweeps {

  /// Octaves added beyond either end.
  public static final int MOST = 6;

  /// Makes a training.
  public interface Jobs {

    /// @param rate at the base scale
    /// @param seed from 0
    Trainings.Planned of(Size size, double rate, int seed);
  }

  /// Hears how trainings go on, on the thread that asked for them.
  public interface Listener {

    /// So many trainings begin, of which so many are known already.
    void start(int all, int known);

    /// One more is done.
    void trained();

    /// All are done.
    void end();
  }

  private final Jobs jobs;
  private final TrainingLog log;
  private final Trainings trainings;
  private final Listener listener;

  public Sweeps(Jobs jobs, TrainingLog log, int workers, Listener listener) {
    this.jobs = jobs;
    this.log = log;
    this.trainings = new Trainings(log, workers);
    this.listener = listener;
  }

  /// The sweep of each size.
  /// @param sizes the proxy among them
  /// @param rates one or more
  /// @throws InterruptedException if the thread was interrupted; the log has all trainings that ended.
  public Map<Size, Sweep> run(Collection<Size> sizes, Size proxy, Collection<Double> rates, int seeds) throws InterruptedException {
    double low = rates.stream().min(Double::compare).orElseThrow() * 0.999 / (1 << MOST);
    double high = rates.stream().max(Double::compare).orElseThrow() * 1.001 * (1 << MOST);
    Map<Size, NavigableSet<Double>> wanted = new LinkedHashMap<>();
    sizes.forEach(s -> wanted.put(s, new TreeSet<>(rates)));
    while (true) {
      train(wanted, seeds);
      Map<Size, Sweep> sweeps = new LinkedHashMap<>();
      wanted.forEach((size, r) -> sweeps.put(size, sweep(size, r, seeds)));
      boolean more = false;
      for (Map.Entry<Size, Sweep> e : sweeps.entrySet()) {
        Optional<Double> beyond = beyond(e.getValue()).filter(rate -> rate > low && rate < high);
        if (beyond.isPresent()) {
          more = true;
          if (e.getKey().equals(proxy)) {
            wanted.values().forEach(r -> extend(r, beyond.get()));
          } else {
            extend(wanted.getOrDefault(e.getKey(), new TreeSet<>()), beyond.get());
          }
        }
      }
      if (!more) {
        return sweeps;
      }
    }
  }

  /// Adds a rate beyond an end, unless others have led there already.
  private static void extend(NavigableSet<Double> rates, double rate) {
    if (rate < rates.first() * 0.999 || rate > rates.last() * 1.001) {
      rates.add(rate);
    }
  }

  /// The next rate, where the lowest loss is at an end; a lower one where all diverged.
  private static Optional<Double> beyond(Sweep sweep) {
    double lowest = sweep.rates().getFirst().rate();
    return sweep.optimum().map(Optimum::place).map(place -> switch (place) {
      case LOWEST_RATE -> Optional.of(lowest / 2);
      case HIGHEST_RATE -> Optional.of(sweep.rates().getLast().rate() * 2);
      case BESIDE_DIVERGENCE, INSIDE -> Optional.<Double>empty();
    }).orElse(Optional.of(lowest / 2));
  }

  private Sweep sweep(Size size, Collection<Double> rates, int seeds) {
    List<Sweep.Rate> list = new ArrayList<>();
    for (double rate : rates) {
      List<Double> losses = new ArrayList<>();
      for (int k = 0; k < seeds; k++) {
        losses.add(log.loss(jobs.of(size, rate, k)).orElseThrow());
      }
      list.add(new Sweep.Rate(rate, losses));
    }
    return new Sweep(size, list);
  }

  private void train(Map<Size, NavigableSet<Double>> wanted, int seeds) throws InterruptedException {
    List<Trainings.Planned> all = new ArrayList<>();
    wanted.forEach((size, rates) -> rates.forEach(rate -> IntStream.range(0, seeds).forEach(k -> all.add(jobs.of(size, rate, k)))));
    int unknown = trainings.unknown(all).size();
    if (unknown == 0) {
      return;
    }
    listener.start(all.size(), all.size() - unknown);
    try {
      trainings.losses(all, listener::trained);
    } finally {
      listener.end();
    }
  }
}
