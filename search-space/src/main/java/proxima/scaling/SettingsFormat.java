package proxima.scaling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import proxima.module.Hyperparameter;
import proxima.module.ModuleSetting;
import proxima.module.UpdateRule;

/// A way to write scaled settings as text.
public enum SettingsFormat {
  /// Aligned columns for people, six digits.
  TABLE("table") {
    @Override
    public String write(ScaledSettings s) {
      return table(s);
    }
  },
  /// One module a line; `SettingsJson` reads it.
  JSON("json") {
    @Override
    public String write(ScaledSettings s) {
      return json(s);
    }
  },
  /// The same tree as the JSON form.
  YAML("yaml") {
    @Override
    public String write(ScaledSettings s) {
      return yaml(s);
    }
  },
  /// A Python file with AdamW parameter groups, initial scales and multipliers for PyTorch.
  TORCH("torch") {
    @Override
    public String write(ScaledSettings s) {
      return TorchFile.write(s);
    }
  };

  private final String id;

  SettingsFormat(String id) {
    this.id = id;
  }

  /// Its name on the command line.
  public String id() {
    return id;
  }

  public static Optional<SettingsFormat> of(String id) {
    return Arrays.stream(values()).filter(f -> f.id.equals(id)).findFirst();
  }

  /// The text, ending with a newline.
  /// @throws IllegalArgumentException if the format cannot hold the settings: PyTorch's holds AdamW's alone.
  public abstract String write(ScaledSettings settings);

  private static String json(ScaledSettings s) {
    ObjectNode head = SettingsJson.of(s);
    head.remove("modules");
    String start = head.toString();
    return start.substring(0, start.length() - 1)
        + ",\"modules\":[\n"
        + s.settings().settings().stream().map(m -> SettingsJson.of(m).toString()).collect(Collectors.joining(",\n"))
        + "\n]}\n";
  }

  private static String yaml(ScaledSettings s) {
    try {
      return YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build()
          .writeValueAsString(SettingsJson.of(s));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String table(ScaledSettings s) {
    List<List<String>> rows = new ArrayList<>();
    List<ModuleSetting> all = s.settings().settings();
    List<Hyperparameter> columns = Arrays.stream(Hyperparameter.values()).filter(h -> all.stream().anyMatch(m -> m.has(h))).toList();
    boolean rules = all.stream().anyMatch(m -> m.rule() != UpdateRule.ADAMW);
    List<String> head = new ArrayList<>(rules ? List.of("module", "role", "rule") : List.of("module", "role"));
    int texts = head.size();
    columns.forEach(h -> head.add(h.id()));
    rows.add(head);
    for (ModuleSetting m : all) {
      List<String> row = new ArrayList<>(List.of(m.module().name(), m.module().role().id()));
      if (rules) {
        row.add(m.rule().id());
      }
      for (Hyperparameter h : columns) {
        boolean none = !m.has(h) || (h == Hyperparameter.INIT_STD && m.initStd() == 0);
        row.add(none ? "-" : number(m.get(h)));
      }
      rows.add(row);
    }
    StringBuilder text = new StringBuilder();
    text.append(s.table()).append("  from ").append(s.from()).append("  to ").append(s.to()).append("  steps=").append(s.steps()).append('\n');
    int[] widths = IntStream.range(0, head.size()).map(i -> rows.stream().mapToInt(r -> r.get(i).length()).max().orElse(0)).toArray();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String pad = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : "  ").append(i < texts ? row.get(i) + pad : pad + row.get(i));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.6g", value);
    if (text.contains("e")) {
      return text.replaceFirst("\\.?0+e", "e");
    }
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
