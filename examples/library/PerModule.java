// Per-module tuning from your own code, and the transfer of what it found. Needs a built Proxima (any ./proxima call builds it):
//   java --enable-native-access=ALL-UNNAMED -cp "$(cat benchmarks/target/classpath.txt)" examples/library/PerModule.java        (Java 25)
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import proxima.module.*;
import proxima.proxy.*;
import proxima.scaling.*;
import proxima.space.*;
import proxima.strategy.*;
import proxima.study.*;

public class PerModule {

  public static void main(String[] arguments) {
    // The network at the base scale, and global values that were tuned before.
    Scale base = new Scale(64, 2, 1024, 204_800);
    Architecture transformer = Transformer.of(96, 64, 4, Activation.GELU, false);
    Hyperparameters global = new Hyperparameters(0.03, 0.1, 0.9, 0.98, 1e-8, OptionalDouble.empty());

    // A factor on the learning rate for each module type and on each branch's multiplier, 4 octaves to each side, and one on all of 1 - beta1.
    ModuleSpace modules =
        ModuleSpace.of(
            transformer.at(base),
            global,
            List.of(
                ModuleAxis.of(Hyperparameter.LEARNING_RATE, 4), ModuleAxis.of(Hyperparameter.MULTIPLIER, 4), ModuleAxis.shared(Hyperparameter.BETA1, 3)));
    Point centre = Point.centre(modules.space().dimension());
    Strategy strategy = new GpStrategy(InitialDesign.around(centre, 0.25, 12), GpOptions.of(modules.space()));

    // Kept in a file: start the program again, and it goes on.
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "per-module.db");
    try (SqliteJournal journal = SqliteJournal.open(file);
        Study study = Study.open(journal, "modules", modules.space(), strategy, "gp", 1)) {
      while (study.trials().size() < 30) {
        Trial trial = study.pending().isEmpty() ? study.ask() : study.pending().getFirst();
        Factors factors = modules.factors(trial.configuration());
        ModuleSettings settings = new Transfer(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), base, transformer.at(base), global, factors).base();
        study.tell(trial.number(), Outcome.of(train(settings)));
      }
      TrialResult best = study.best().orElseThrow();
      System.out.println("loss " + best.loss().getAsDouble());

      // The same setting for a model 4 times as wide and twice as deep.
      Scale large = new Scale(256, 4, 2048, 1_638_400);
      Transfer transfer = new Transfer(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), base, transformer.at(base), global, modules.factors(best.configuration()));
      System.out.print(SettingsFormat.TABLE.write(new ScaledSettings("complete-d-p", base, large, transfer.at(large, transformer.at(large)))));
    }
  }

  /// Stands for a training: each learning rate has an optimum of its own.
  static double train(ModuleSettings settings) {
    double loss = 1;
    for (ModuleSetting s : settings.settings()) {
      double octaves = Math.log(s.learningRate() / (s.module().type().startsWith("attn") ? 0.1 : 0.01)) / Math.log(2);
      loss += 0.01 * octaves * octaves;
    }
    return loss;
  }
}
