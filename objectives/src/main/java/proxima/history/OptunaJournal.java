package proxima.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import proxima.cli.InputException;
import proxima.cli.LineReader;
import proxima.space.JsonFields;

/// The studies of an Optuna journal file: one operation a line, in the order in which they happened. Studies and trials have no numbers but those of their creation.
final class OptunaJournal {

  private static final int CREATE_STUDY = 0;
  private static final int DELETE_STUDY = 1;
  private static final int CREATE_TRIAL = 4;
  private static final int SET_PARAMETER = 5;
  private static final int SET_STATE = 6;
  private static final int SET_INTERMEDIATE = 7;

  private static final List<String> DIRECTIONS = List.of("NOT_SET", "MINIMIZE", "MAXIMIZE");
  private static final List<String> STATES = List.of("RUNNING", "COMPLETE", "PRUNED", "FAIL", "WAITING");

  private static final ObjectMapper MAPPER = JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final Map<Long, OptunaStudy> studies = new LinkedHashMap<>();
  private final Map<Long, OptunaStudy.Trial> trials = new LinkedHashMap<>();
  private long created;

  private OptunaJournal() {}

  /// @throws InputException with the line, if it is no such journal. Half a line at its end, as a kill leaves it, does not count.
  static List<OptunaStudy> read(Path file) throws IOException {
    var journal = new OptunaJournal();
    try (LineReader lines = new LineReader(Files.newBufferedReader(file))) {
      int number = 0;
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        number++;
        if (LineReader.isTooLong(line.get())) {
          throw new InputException(file + ":" + number + ": " + LineReader.TOO_LONG);
        }
        try {
          journal.apply(MAPPER.readTree(line.get()));
        } catch (JsonProcessingException e) {
          if (number == 1 || lines.next().isPresent()) {
            throw new InputException(file + ":" + number + ": is no operation of an Optuna journal: " + JsonFields.fault(e));
          }
        } catch (IllegalArgumentException e) {
          throw new InputException(file + ":" + number + ": " + e.getMessage());
        }
      }
    } catch (MalformedInputException e) {
      throw new InputException(file + ": is not a UTF-8 text file");
    }
    return List.copyOf(journal.studies.values());
  }

  private void apply(JsonNode line) {
    switch (JsonFields.index(line, "op_code", "an operation")) {
      case CREATE_STUDY -> create(line);
      case DELETE_STUDY -> studies.remove(JsonFields.whole(line, "study_id", "an operation"));
      case CREATE_TRIAL -> trial(line);
      case SET_PARAMETER -> open(line).ifPresent(t ->
          t.suggest(JsonFields.text(line, "param_name", "an operation"), JsonFields.text(line, "distribution", "an operation"), JsonFields.real(line, "param_value_internal", "an operation")));
      case SET_STATE -> open(line).ifPresent(t -> state(t, line));
      case SET_INTERMEDIATE -> open(line).ifPresent(t -> t.reports.put(JsonFields.whole(line, "step", "an operation"), line.path("intermediate_value").asDouble(Double.NaN)));
      // What users and samplers note.
      default -> {}
    }
  }

  private void create(JsonNode line) {
    List<String> directions = new ArrayList<>();
    line.path("directions").forEach(d -> directions.add(name(DIRECTIONS, d.asInt())));
    String name = JsonFields.text(line, "study_name", "an operation");
    // Of two processes that create one, the second has made none.
    if (studies.values().stream().noneMatch(s -> s.name().equals(name))) {
      studies.put(created++, new OptunaStudy(name, directions));
    }
  }

  private void trial(JsonNode line) {
    OptunaStudy study = studies.get(JsonFields.whole(line, "study_id", "an operation"));
    if (study == null) {
      return;
    }
    long number = trials.size();
    OptunaStudy.Trial trial = study.trial(number);
    trials.put(number, trial);
    // One that was made whole, as in a copied study, or that waits for its values.
    if (line.hasNonNull("state")) {
      line.path("params").properties().forEach(p ->
          trial.suggest(p.getKey(), line.path("distributions").path(p.getKey()).asText(), p.getValue().asDouble()));
      line.path("intermediate_values").properties().forEach(v -> trial.reports.put(step(v.getKey()), v.getValue().asDouble(Double.NaN)));
      state(trial, line);
      if (line.hasNonNull("value")) {
        trial.value = OptionalDouble.of(line.get("value").asDouble());
      }
    }
  }

  private static long step(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("an intermediate value has a step, a whole number, got '" + text + "'", e);
    }
  }

  private static void state(OptunaStudy.Trial trial, JsonNode line) {
    trial.state = name(STATES, JsonFields.index(line, "state", "an operation"));
    JsonNode values = line.path("values");
    if (values.isArray() && !values.isEmpty()) {
      trial.value = OptionalDouble.of(values.get(0).asDouble(Double.NaN));
    }
  }

  /// The trial that the operation is on; empty where it has ended, when nothing more changes it.
  private Optional<OptunaStudy.Trial> open(JsonNode line) {
    long id = JsonFields.whole(line, "trial_id", "an operation");
    OptunaStudy.Trial trial = trials.get(id);
    if (trial == null) {
      throw new IllegalArgumentException("no trial " + id + " has been created before this line");
    }
    return Optional.of(trial).filter(t -> t.state.equals("RUNNING") || t.state.equals("WAITING"));
  }

  private static String name(List<String> names, int index) {
    if (index < 0 || index >= names.size()) {
      throw new IllegalArgumentException("there are the numbers 0 to " + (names.size() - 1) + " for " + names + ", got " + index);
    }
    return names.get(index);
  }
}
