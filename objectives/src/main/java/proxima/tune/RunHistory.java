package proxima.tune;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import proxima.cli.InputException;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameters;
import proxima.prior.PriorRun;
import proxima.prior.ScaleContext;
import proxima.space.TaskHistory;
import proxima.study.JournalException;
import proxima.study.StoredStudy;

/// The trials of a run, finished or not, as prior tasks of others.
final class RunHistory {

  private RunHistory() {}

  /// @throws InputException if there is no run in the folder, or it has no trials yet.
  static PriorRun read(RunFolder folder) {
    RunConfig config = folder.read();
    if (config.store().isEmpty() && !Files.exists(folder.journal()) && !folder.hasResults()) {
      throw empty(folder);
    }
    try {
      RunRecord record = RunRecord.read(folder, config);
      if (TuningRun.SEARCHES.stream().allMatch(phase -> record.phase(phase).isEmpty())) {
        throw empty(folder);
      }
      return of(folder.path().toString(), record);
    } catch (IllegalArgumentException | JournalException e) {
      throw new InputException(folder.path() + ": " + e.getMessage());
    }
  }

  private static InputException empty(RunFolder folder) {
    return new InputException(folder.path() + ": this run has no trials yet; go on with it first: ./proxima resume " + folder.path());
  }

  /// @param from where it was read
  static PriorRun of(String from, RunRecord record) {
    RunConfig config = record.config();
    if (config.space() instanceof SpaceConfig.Plain) {
      return new PriorRun.Plain(config.name(), from, history(record.phase("search").orElseThrow(), config));
    }
    Map<PriorRun.Phase, PriorRun.Trials> phases = new LinkedHashMap<>();
    record.phase("global").ifPresent(s -> phases.put(PriorRun.Phase.GLOBAL, new PriorRun.Trials(config.defaults(), history(s, config))));
    record.phase("module").ifPresent(s -> phases.put(PriorRun.Phase.MODULE, new PriorRun.Trials(global(record), history(s, config))));
    return new PriorRun.PerModule(
        config.name(), from, config.scale(), config.base(), config.rule(), new Experiment(config).network(config.base()), phases);
  }

  /// The global values that the factors of a run multiply: the best of its global phase so far.
  static Hyperparameters global(RunRecord record) {
    Hyperparameters defaults = record.config().defaults();
    return record.phase("global")
        .flatMap(s -> TuningRun.best(s.knowledge()).map(e -> GlobalSpace.of(s.space()).values(s.space().decode(e.point()), defaults)))
        .orElse(defaults);
  }

  private static TaskHistory history(StoredStudy study, RunConfig config) {
    return study.history(config.name(), config.hasScale() ? ScaleContext.of(config.scale()) : Map.of());
  }
}
