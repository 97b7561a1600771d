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
import proxima.module.Hyperparameter;
import proxima.module.ModuleSetting;

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
    List<String> head = new ArrayList<>(List.of("module", "role"));
    Arrays.stream(Hyperparameter.values()).map(Hyperparameter::id).forEach(head::add);
    rows.add(head);
    for (ModuleSetting m : s.settings().settings()) {
      List<String> row = new ArrayList<>(List.of(m.module().name(), m.module().role().id()));
      for (Hyperparameter h : Hyperparameter.values()) {
        boolean kept = h == Hyperparameter.INIT_STD && m.initStd() == 0;
        row.add(kept ? "-" : number(m.get(h)));
      }
      rows.add(row);
    }
    StringBuilder text = new StringBuilder();
    text.append(s.table()).append("  from ").append(s.from()).append("  to ").append(s.to()).append("  steps=").append(s.steps()).append('\n');
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        String pad = " ".repeat(width - row.get(i).length());
        line.append(i == 0 ? "" : "  ").append(i < 2 ? row.get(i) + pad : pad + row.get(i));
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
