package proxima.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import proxima.cli.CsvReader;
import proxima.cli.InputException;
import proxima.cli.TextFile;
import proxima.space.CategoricalParameter;
import proxima.space.IntegerParameter;
import proxima.space.JsonFields;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.RealParameter;

/// The folder of a Syne Tune experiment: `metadata.json` with the space, the metric and whether it is minimised, and `results.csv.zip` (or `results.csv`) with a line for each
/// report of a trial. A trial's loss is that of its last report, and a curve of its reports.
///
/// A trial with as many reports as any has finished: schedulers decide STOP also where a training is whole. One with fewer was stopped where its last decision is STOP or PAUSE and, in an
/// experiment where any decision is, also where it is CONTINUE, as the tuner's time was up then; in others trainings may be of different lengths.
final class SyneTuneLayout implements Layout {

  private static final String METADATA = "metadata.json";
  private static final String CONFIG = "config_";

  // What a scheduler decides on a report.
  private static final String CONTINUE = "CONTINUE";
  private static final String STOP = "STOP";
  private static final String PAUSE = "PAUSE";

  /// 256 MiB: a million reports.
  private static final long MOST_UNPACKED = 256 << 20;

  @Override
  public List<Imported> read(Path source, ImportOptions options) throws IOException {
    JsonNode metadata = metadata(source.resolve(METADATA));
    JsonNode names = metadata.path("metric_names");
    String metric = options.loss().orElse(names.isArray() && !names.isEmpty() ? names.get(0).asText() : "");
    if (metric.isEmpty()) {
      throw new InputException(source.resolve(METADATA) + ": names no metric; name the loss's column with --loss");
    }
    String mode = mode(metadata, metric);
    if (mode.equals("min") && options.maximizes()) {
      throw new InputException(source.resolve(METADATA) + ": minimizes '" + metric + "', and --maximize is given; leave it out");
    }
    boolean maximizes = mode.equals("max") || options.maximizes();
    Map<String, List<Map<String, String>>> trials = recorded(source);
    String task = String.valueOf(source.toAbsolutePath().normalize().getFileName());
    return List.of(Imported.of(task, () -> history(task, space(metadata), trials, metric, maximizes)));
  }

  private static JsonNode metadata(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file + ": no such file; give the folder of one Syne Tune experiment");
    }
    String text = TextFile.recorded(file);
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new InputException(file + JsonFields.place(e) + ": is not JSON: " + JsonFields.fault(e));
    }
  }

  /// Of a metric: `min` or `max`, by its place among the names where there is a mode for each; empty where it is not among them.
  private static String mode(JsonNode metadata, String metric) {
    List<String> names = new ArrayList<>();
    metadata.path("metric_names").forEach(n -> names.add(n.asText()));
    int at = names.indexOf(metric);
    JsonNode mode = metadata.path("metric_mode");
    if (at < 0) {
      return "";
    }
    return (mode.isArray() ? mode.path(mode.size() == 1 ? 0 : at) : mode).asText();
  }

  /// What the experiment's file of results holds, as `trials` gives it; where that is packed, from a copy for the moment.
  private static Map<String, List<Map<String, String>>> recorded(Path folder) throws IOException {
    Path plain = folder.resolve("results.csv");
    Path packed = folder.resolve("results.csv.zip");
    if (Files.isRegularFile(plain)) {
      return trials(plain);
    }
    if (!Files.isRegularFile(packed)) {
      throw new InputException(packed + ": no such file; has the experiment stored results?");
    }
    Path unpacked = unpacked(packed);
    try {
      return trials(unpacked);
    } finally {
      Files.deleteIfExists(unpacked);
    }
  }

  private static Path unpacked(Path packed) throws IOException {
    try (InputStream in = Files.newInputStream(packed); ZipInputStream zip = new ZipInputStream(in)) {
      if (zip.getNextEntry() == null) {
        throw new InputException(packed + ": is no ZIP file with a file in it");
      }
      Path unpacked = Files.createTempFile("results", ".csv");
      try (OutputStream out = Files.newOutputStream(unpacked)) {
        unpack(packed, zip, out);
        return unpacked;
      } catch (IOException | InputException e) {
        Files.delete(unpacked);
        throw e;
      }
    }
  }

  private static void unpack(Path packed, InputStream zip, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = MOST_UNPACKED;
    for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
      left -= n;
      if (left < 0) {
        throw new InputException(packed + ": unpacks to more than the " + (MOST_UNPACKED >> 20) + " MiB that results may have");
      }
      out.write(buffer, 0, n);
    }
  }

  /// Reports by trial, each a cell by its column.
  private static Map<String, List<Map<String, String>>> trials(Path file) throws IOException {
    Map<String, List<Map<String, String>>> trials = new LinkedHashMap<>();
    try (CsvReader csv = new CsvReader(file)) {
      if (!csv.header().contains("trial_id")) {
        throw csv.wrong("has no column 'trial_id'; are these results of Syne Tune?");
      }
      for (Optional<List<String>> row = csv.next(); row.isPresent(); row = csv.next()) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < csv.header().size(); i++) {
          cells.put(csv.header().get(i), row.get().get(i));
        }
        trials.computeIfAbsent(cells.getOrDefault("trial_id", ""), _ -> new ArrayList<>()).add(cells);
      }
    }
    return trials;
  }

  /// The parameters that the metadata describe, by name.
  private static Map<String, Parameter> space(JsonNode metadata) {
    JsonNode space = metadata.path("config_space");
    try {
      space = space.isTextual() ? new ObjectMapper().readTree(space.textValue()) : space;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("its config_space is not JSON: " + JsonFields.fault(e), e);
    }
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    space.properties().forEach(e -> parameter(e.getKey(), e.getValue()).ifPresent(p -> parameters.put(e.getKey(), p)));
    return parameters;
  }

  /// Empty for a constant, and for a domain of another kind, whose values tell then.
  private static Optional<Parameter> parameter(String name, JsonNode domain) {
    JsonNode arguments = domain.path("domain_kwargs");
    boolean log = domain.path("sampler_cls").asText().contains("Log");
    double low = arguments.path("lower").asDouble();
    double high = arguments.path("upper").asDouble();
    return switch (domain.path("domain_cls").asText()) {
      case "Float" -> low < high ? Optional.of(new RealParameter(name, low, high, log, Optional.empty())) : Optional.empty();
      case "Integer" -> low < high ? Optional.of(new IntegerParameter(name, (long) low, (long) high, log, Optional.empty())) : Optional.empty();
      case "Categorical" -> {
        List<String> choices = new ArrayList<>();
        arguments.path("categories").forEach(c -> choices.add(c.asText()));
        yield choices.stream().distinct().count() == choices.size() && choices.size() > 1
            ? Optional.of(new CategoricalParameter(name, choices, Optional.empty()))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static Imported.Read history(String task, Map<String, Parameter> space, Map<String, List<Map<String, String>>> trials, String metric, boolean maximizes) {
    var draft = new HistoryDraft();
    if (maximizes) {
      draft.note("losses are the negative of '" + metric + "', which is maximised");
    }
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (List<Map<String, String>> reports : trials.values()) {
      reports.getLast().forEach((column, cell) -> {
        if (column.startsWith(CONFIG)) {
          columns.computeIfAbsent(column.substring(CONFIG.length()), _ -> new ArrayList<>()).add(cell);
        }
      });
    }
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    columns.forEach((name, cells) ->
        Optional.ofNullable(space.get(name)).or(() -> new Column(name, cells).parameter())
            .ifPresentOrElse(p -> parameters.put(name, p), () -> draft.note("parameter '" + name + "' is left out, as it has one value alone")));
    Ends ends = Ends.of(trials.values());
    for (List<Map<String, String>> reports : trials.values()) {
      Map<String, HistoryDraft.Suggestion> suggestions = new LinkedHashMap<>();
      parameters.forEach((name, p) -> {
        String cell = reports.getLast().getOrDefault(CONFIG + name, "");
        if (!cell.isBlank()) {
          suggestions.put(name, new HistoryDraft.Suggestion(p, Values.of(p, cell)));
        }
      });
      Ending ending = ends.of(reports);
      Outcome outcome = outcome(reports, metric, maximizes ? -1 : 1, ending);
      if (outcome instanceof Outcome.Stopped) {
        ending.note().ifPresent(draft::note);
      }
      draft.add(suggestions, outcome);
    }
    return draft.history(task);
  }

  /// How a trial ended that did not diverge.
  private enum Ending {
    WHOLE,
    STOPPED,
    PAUSED,
    CUT_OFF;

    Optional<String> note() {
      return switch (this) {
        case WHOLE, STOPPED -> Optional.empty();
        case PAUSED -> Optional.of("trials that were paused and not gone on with count as stopped there");
        case CUT_OFF -> Optional.of("trials with fewer reports than others that were to go on, as where the tuner's time was up, count as stopped there");
      };
    }
  }

  /// How trials of an experiment end.
  ///
  /// @param whole the most reports of a trial
  /// @param stops whether trials are stopped or paused on their way
  private record Ends(int whole, boolean stops) {

    static Ends of(Collection<List<Map<String, String>>> trials) {
      int whole = trials.stream().mapToInt(List::size).max().orElse(0);
      return new Ends(whole, trials.stream().flatMap(List::stream).map(Ends::decision).anyMatch(d -> d.equals(STOP) || d.equals(PAUSE)));
    }

    Ending of(List<Map<String, String>> reports) {
      if (reports.size() == whole) {
        return Ending.WHOLE;
      }
      return switch (decision(reports.getLast())) {
        case STOP -> Ending.STOPPED;
        case PAUSE -> Ending.PAUSED;
        default -> stops ? Ending.CUT_OFF : Ending.WHOLE;
      };
    }

    private static String decision(Map<String, String> report) {
      return report.getOrDefault("st_decision", CONTINUE);
    }
  }

  private static Outcome outcome(List<Map<String, String>> reports, String metric, int sign, Ending ending) {
    List<Outcome.CurvePoint> curve = new ArrayList<>();
    for (Map<String, String> report : reports) {
      if (!report.containsKey(metric)) {
        throw new IllegalArgumentException("it has no column '" + metric + "', but " + report.keySet());
      }
      long step = curve.size() + 1L;
      Values.number(report.getOrDefault(metric, "")).ifPresent(v -> curve.add(new Outcome.CurvePoint(step, sign * v)));
    }
    if (curve.size() < reports.size()) {
      return new Outcome.Diverged(curve.size());
    }
    Outcome.CurvePoint last = curve.getLast();
    return ending == Ending.WHOLE ? new Outcome.Finished(last.loss(), curve) : new Outcome.Stopped(last.step(), last.loss(), curve);
  }
}
