package proxima.scaling;

import java.util.List;
import java.util.stream.Collectors;
import proxima.module.Hyperparameter;
import proxima.module.ModuleSetting;
import proxima.module.UpdateRule;

/// The Python file that gives scaled settings to a PyTorch model.
final class TorchFile {

  private TorchFile() {}

  private static final String TAIL =
      """
      }

      MULTIPLIERS = {name: values[6] for name, values in SETTINGS.items()}


      def _settings(model):
          parameters = dict(model.named_parameters())
          missing = sorted(set(parameters) ^ set(SETTINGS))
          if missing:
              raise ValueError("not both in the model and in SETTINGS: " + ", ".join(missing))
          return [(name, parameter, SETTINGS[name]) for name, parameter in parameters.items()]


      def parameter_groups(model):
          \"""One group a parameter: lr is the peak, which a schedule multiplies.\"""
          return [
              {"params": [parameter], "name": name, "lr": lr, "weight_decay": decay, "betas": (beta1, beta2), "eps": eps}
              for name, parameter, (lr, decay, beta1, beta2, eps, _, _) in _settings(model)
          ]


      def initialize(model):
          \"""Draws the weights anew; vectors and weights with a standard deviation of 0 keep their values.\"""
          with torch.no_grad():
              for _, parameter, (_, _, _, _, _, std, _) in _settings(model):
                  if std > 0 and parameter.dim() > 1:
                      torch.nn.init.normal_(parameter, std=std)


      def multipliers(model):
          \"""What scales the output of each parameter's residual branch; of an unembedding and a router, their own output.\"""
          return {name: values[6] for name, _, values in _settings(model)}
      """;

  private static final List<Hyperparameter> COLUMNS = List.copyOf(UpdateRule.ADAMW.hyperparameters());

  /// @throws IllegalArgumentException if another rule than AdamW moves a module.
  static String write(ScaledSettings s) {
    s.settings().settings().stream().filter(m -> m.rule() != UpdateRule.ADAMW).findFirst().ifPresent(m -> {
      throw new IllegalArgumentException(
          "the torch format holds AdamW's parameter groups, but module '" + m.module().name() + "' is moved by " + m.rule().id() + "; take the format json, which examples/pytorch/proxima_torch.py reads");
    });
    String head =
        """
        # AdamW per module, by Proxima: table %s, from %s, to %s, %d steps.
        #
        #     initialize(model)
        #     optimizer = torch.optim.AdamW(parameter_groups(model))
        #     x = x + MULTIPLIERS["%s"] * branch(norm(x))   # each residual branch, and the logits
        import torch

        # name: (learning rate, weight decay, beta1, beta2, epsilon, standard deviation of the initial values (0: keep), multiplier)
        SETTINGS = {
        """
            .formatted(s.table(), s.from(), s.to(), s.steps(), example(s));
    return head
        + s.settings().settings().stream().map(TorchFile::line).collect(Collectors.joining())
        + TAIL;
  }

  /// A weight of a residual branch, all of which have the branch's multiplier; or else the last module.
  private static String example(ScaledSettings s) {
    List<ModuleSetting> all = s.settings().settings();
    return quoted(all.stream().filter(m -> m.module().branch().isPresent() && !m.module().role().isVector()).findFirst().orElse(all.getLast()));
  }

  /// As it stands in a Python string; control characters, which would end a line, by their number.
  private static String quoted(ModuleSetting m) {
    StringBuilder text = new StringBuilder();
    for (char c : m.module().name().toCharArray()) {
      switch (c) {
        case '\\', '"' -> text.append('\\').append(c);
        default -> text.append(Character.isISOControl(c) ? String.format("\\x%02x", (int) c) : String.valueOf(c));
      }
    }
    return text.toString();
  }

  private static String line(ModuleSetting m) {
    return "    \"" + quoted(m) + "\": (" + COLUMNS.stream().map(h -> String.valueOf(m.get(h))).collect(Collectors.joining(", ")) + "),\n";
  }
}
