package proxima.store;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import proxima.study.JournalException;

/// What PostgreSQL's errors mean for a store, in one line each.
final class PostgresErrors {

  /// Shut down by an administrator, crashed, starting up; too many connections.
  private static final Set<String> PASSING = Set.of("57P01", "57P02", "57P03", "53300");

  private static final Pattern DENIED = Pattern.compile("permission denied for (\\w+) (\\S+)");

  private PostgresErrors() {}

  /// Whether the same may work later, on another connection.
  static boolean isPassing(SQLException e) {
    return state(e).startsWith("08") || PASSING.contains(state(e));
  }

  static JournalException exception(PostgresServer server, SQLException e) {
    String message = "store " + server + " " + text(server, e);
    return new JournalException(message, e);
  }

  private static String text(PostgresServer server, SQLException e) {
    String said = said(e);
    if (server.asksForEncryption() && isOfEncryption(said, e)) {
      return "cannot be reached by TLS: " + said + "; see that the server has TLS and a certificate for this name of it, and give the one that vouches for it: ?sslmode=verify-full&sslrootcert=FILE";
    }
    return switch (state(e)) {
      case "08001", "08006", "08003", "08P01" -> "cannot be reached: " + said + "; see that a server runs there, that host and port are right and that it lets this host in";
      case "08004", "28P01" -> "lets nobody in so: " + said + "; give the user in the store's name, and the password in PGPASSWORD or ~/.pgpass";
      case "28000" -> "lets nobody in so: " + said + "; see that the user of the store's name exists there and that its pg_hba.conf lets it in from here, and give ?sslmode=require where it wants encryption";
      case "3D000" -> "has no such database: " + said + "; make it with createdb, or give another name";
      case "42501" -> "may not be used so: " + said + "; " + right(said) + ", or give another database";
      case "25006" -> "is read-only: " + said + "; give the primary server, or permission to write";
      case "53100" -> "cannot grow: " + said + "; free space there and go on, all that was told before is kept";
      case "53300" -> "has no connection left: " + said + "; raise max_connections, or run fewer workers";
      case "57P01", "57P02", "57P03" -> "is down: " + said + "; start it and go on, all that was told before is kept";
      case "42P01", "42703" -> "has been changed by others: " + said + "; restore its tables from a copy, or give another database";
      default -> "fails: " + said + " (SQLSTATE " + state(e) + "); see the server's log, all that was told before is kept";
    };
  }

  /// The mend where a right is missing, as far as the server's message names it.
  private static String right(String said) {
    Matcher denied = DENIED.matcher(said);
    return switch (denied.find() ? denied.group(1) : said) {
      case "table", "relation" -> "grant the user SELECT on " + denied.group(2) + " and the other tables of proxima to look, and INSERT, UPDATE and DELETE to work";
      case "database" -> "grant the user CONNECT on " + denied.group(2);
      default -> said.contains("must be owner") ? "let the owner of its tables bring them up to date, by ./proxima tune or resume" : "grant the user the right to create tables";
    };
  }

  /// The first sentence of a message whose second is advice.
  private static String said(SQLException e) {
    if (e.getCause() instanceof UnknownHostException) {
      return "no host of that name is known";
    }
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("\\. Check that .*", "").replaceFirst("\\.?\\s*$", "").strip();
  }

  /// The driver has no state of its own for it.
  private static boolean isOfEncryption(String said, SQLException e) {
    return state(e).startsWith("08") && (e.getCause() instanceof SSLException || said.contains("SSL") || said.contains("sslmode") || said.contains("hostnameverifier"));
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "08006" : e.getSQLState();
  }
}
