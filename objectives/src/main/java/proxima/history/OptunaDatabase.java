package proxima.history;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import proxima.cli.InputException;
import proxima.study.SqliteConnections;

/// The studies of an Optuna database in SQLite, as its RDBStorage writes it since Optuna 3. Those of Optuna 2 say that they have the same schema, 12, and lack columns.
final class OptunaDatabase {

  private static final int OLDEST = 12;

  private static final Pattern LACK = Pattern.compile("no such (column|table)");

  private OptunaDatabase() {}

  /// @throws InputException if it is no such database.
  static List<OptunaStudy> read(Path file) {
    try (Connection connection = SqliteConnections.openToRead(file);
        Statement statement = connection.createStatement()) {
      checkVersion(file, statement);
      Map<Long, OptunaStudy> studies = studies(statement);
      Map<Long, OptunaStudy.Trial> trials = trials(statement, studies);
      values(statement, trials);
      parameters(statement, trials);
      return List.copyOf(studies.values());
    } catch (SQLException e) {
      String fault = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new InputException(file + ": can not be read as an Optuna database: " + fault + (LACK.matcher(fault).find() ? "; where it is one of Optuna 2, bring it up to date with: optuna storage upgrade" : ""));
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": " + e.getMessage());
    }
  }

  private static void checkVersion(Path file, Statement statement) throws SQLException {
    try (ResultSet r = statement.executeQuery("SELECT schema_version FROM version_info")) {
      int version = r.next() ? r.getInt(1) : 0;
      if (version < OLDEST) {
        throw new InputException(file + ": has Optuna's schema " + version + ", and schemas from " + OLDEST + " on are read; bring it up to date with: optuna storage upgrade");
      }
    }
  }

  private static Map<Long, OptunaStudy> studies(Statement statement) throws SQLException {
    Map<Long, List<String>> directions = new LinkedHashMap<>();
    try (ResultSet r = statement.executeQuery("SELECT study_id, direction FROM study_directions ORDER BY study_id, objective")) {
      while (r.next()) {
        directions.computeIfAbsent(r.getLong(1), _ -> new ArrayList<>()).add(text(r, 2));
      }
    }
    Map<Long, OptunaStudy> studies = new LinkedHashMap<>();
    try (ResultSet r = statement.executeQuery("SELECT study_id, study_name FROM studies ORDER BY study_id")) {
      while (r.next()) {
        studies.put(r.getLong(1), new OptunaStudy(text(r, 2), directions.getOrDefault(r.getLong(1), List.of())));
      }
    }
    return studies;
  }

  private static Map<Long, OptunaStudy.Trial> trials(Statement statement, Map<Long, OptunaStudy> studies) throws SQLException {
    Map<Long, OptunaStudy.Trial> trials = new LinkedHashMap<>();
    try (ResultSet r = statement.executeQuery("SELECT trial_id, study_id, state FROM trials ORDER BY trial_id")) {
      while (r.next()) {
        OptunaStudy study = studies.get(r.getLong(2));
        if (study != null) {
          OptunaStudy.Trial trial = study.trial(r.getLong(1));
          trial.state = text(r, 3);
          trials.put(r.getLong(1), trial);
        }
      }
    }
    return trials;
  }

  private static void values(Statement statement, Map<Long, OptunaStudy.Trial> trials) throws SQLException {
    try (ResultSet r = statement.executeQuery("SELECT trial_id, value, value_type FROM trial_values WHERE objective = 0")) {
      while (r.next()) {
        OptunaStudy.Trial trial = trials.get(r.getLong(1));
        if (trial != null) {
          trial.value = OptionalDouble.of(number(r));
        }
      }
    }
    try (ResultSet r = statement.executeQuery("SELECT trial_id, intermediate_value, intermediate_value_type, step FROM trial_intermediate_values")) {
      while (r.next()) {
        OptunaStudy.Trial trial = trials.get(r.getLong(1));
        if (trial != null) {
          trial.reports.put(r.getLong(4), number(r));
        }
      }
    }
  }

  /// Empty where the cell is.
  private static String text(ResultSet r, int column) throws SQLException {
    return Objects.requireNonNullElse(r.getString(column), "");
  }

  /// Columns 2 and 3: a number, and whether it is one.
  private static double number(ResultSet r) throws SQLException {
    return switch (text(r, 3)) {
      case "INF_POS" -> Double.POSITIVE_INFINITY;
      case "INF_NEG" -> Double.NEGATIVE_INFINITY;
      case "FINITE" -> r.getDouble(2);
      default -> Double.NaN;
    };
  }

  private static void parameters(Statement statement, Map<Long, OptunaStudy.Trial> trials) throws SQLException {
    try (ResultSet r = statement.executeQuery("SELECT trial_id, param_name, param_value, distribution_json FROM trial_params ORDER BY param_id")) {
      while (r.next()) {
        OptunaStudy.Trial trial = trials.get(r.getLong(1));
        if (trial != null) {
          trial.suggest(text(r, 2), text(r, 4), r.getDouble(3));
        }
      }
    }
  }
}
