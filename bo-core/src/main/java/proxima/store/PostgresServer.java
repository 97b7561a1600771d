package proxima.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL database, and who asks to be let in. Its text never holds a password, nor does what is told of a name that is none.
final class PostgresServer {

  /// What the driver logs, it throws as well. Held here, since a logger that nobody holds forgets its level.
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  static {
    DRIVER.setLevel(Level.OFF);
  }

  private static final String FORM = "postgresql://[USER@]HOST[:PORT]/DATABASE[?OPTIONS]";

  private static final String SCHEME = "jdbc:postgresql://";

  /// How a path begins that is no name of a database: `/x`, `./x` and `../x`.
  private static final Pattern PATH = Pattern.compile("\\.{0,2}/[^/].*", Pattern.DOTALL);

  /// What is meant for a database and has another form: with one slash or none, as other tools take it (`host=... password=...`), or USER:PASSWORD@HOST.
  private static final Pattern MEANT = Pattern.compile("(?i)postgres(ql)?(:|//).*|.*password\\s*=.*|(//)?[^/:@]+:.+@.+", Pattern.DOTALL);

  /// How long it may be away, as while it is started again, before work that waits for it gives up.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// How long a host may take to answer.
  private static final int CONNECT_SECONDS = 10;

  /// How long a statement may wait for its answer, such as where the network drops packets without a word.
  private static final int ANSWER_SECONDS = 60;

  /// A role's own limit would end whoever waits for a turn.
  private static final String PATIENT = " -c statement_timeout=0";

  /// By which the server notices within a minute that a host is gone without a word, and gives the turn that it had to the next.
  private static final String LOST = " -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3";

  private final String name;
  private final String url;
  private final Options options;
  private final Properties properties;
  private final Consumer<String> notes;
  private final Duration patience;
  private volatile boolean isAway;
  // When a connection last worked.
  private volatile long worked = System.nanoTime();

  private PostgresServer(String name, String url, Options options, Properties properties, Consumer<String> notes, Duration patience) {
    this.name = name;
    this.url = url;
    this.options = options;
    this.properties = properties;
    this.notes = notes;
    this.patience = patience;
  }

  /// Whether a name is a database's, and not the path of a file.
  /// @throws IllegalArgumentException if it is meant for a database's and has another form
  static boolean isNamed(String name) {
    if (name.contains("://")) {
      return true;
    }
    if (MEANT.matcher(name).matches() && !PATH.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a store is " + FORM + ", its password in PGPASSWORD or ~/.pgpass, or the path of a file, such as ./runs.db; got '" + shown(name) + "'");
    }
    return false;
  }

  /// @param notes hears when the server is away for long, and when it is back
  /// @throws IllegalArgumentException if the name has another form, or holds a password
  static PostgresServer of(String name, Consumer<String> notes) {
    return of(name, notes, PATIENCE);
  }

  /// The same.
  /// @param patience how long it may be away before work that waits for it gives up
  static PostgresServer of(String name, Consumer<String> notes, Duration patience) {
    URI uri = parse(name);
    Authority authority = Authority.of(uri.getRawAuthority());
    String user = URLDecoder.decode(authority.user.replace("+", "%2B"), StandardCharsets.UTF_8);
    if (user.contains(":") || (uri.getQuery() != null && uri.getQuery().toLowerCase(Locale.ROOT).contains("password"))) {
      throw new IllegalArgumentException("a store's name takes no password, since names are kept with runs; set PGPASSWORD, or give it in ~/.pgpass");
    }
    if (!("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme())) || authority.host.isEmpty() || uri.getPath().length() < 2) {
      throw new IllegalArgumentException("a store is " + FORM + ", or the path of a file; got '" + shown(name) + "'");
    }
    String host = authority.host;
    Options options = Options.of(uri.getRawQuery());
    Properties properties = new Properties();
    if (!user.isEmpty()) {
      properties.setProperty("user", user);
    }
    Optional.ofNullable(System.getenv("PGPASSWORD")).ifPresent(password -> properties.setProperty("password", password));
    properties.setProperty("ApplicationName", "proxima");
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(ANSWER_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    String shown = "postgresql://" + (user.isEmpty() ? "" : authority.user + "@") + host + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    return new PostgresServer(shown, SCHEME + host + uri.getRawPath() + options.url(), options, properties, notes, patience);
  }

  /// Who asks, and host and port, of whose names `URI` does not take all: those of containers may hold an underscore.
  private record Authority(String user, String host) {

    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[\\w.-]+)(:\\d{1,5})?");

    /// @param text null where there is none
    static Authority of(@Nullable String text) {
      String all = text == null ? "" : text;
      int at = all.lastIndexOf('@');
      String host = all.substring(at + 1);
      return new Authority(at < 0 ? "" : all.substring(0, at), HOST.matcher(host).matches() ? host : "");
    }
  }

  /// What a name gives after its question mark.
  ///
  /// @param driver what the driver reads of it, as it is written there
  /// @param settings what the server is to be told of its own, as on its command line
  private record Options(List<String> driver, String settings) {

    private static final String SETTINGS = "options";

    /// @param query null where there is none
    /// @throws IllegalArgumentException if the driver does not know one, which it would pass over
    static Options of(@Nullable String query) {
      List<String> driver = new ArrayList<>();
      String settings = "";
      for (String option : (query == null ? "" : query).split("&", -1)) {
        String key = option.replaceFirst("=.*", "");
        if (!key.isEmpty() && !known().contains(key)) {
          throw new IllegalArgumentException(
              "a store's name has the option '" + shown(key) + "', which PostgreSQL's driver does not know; those that it knows are written as in ?sslmode=verify-full&sslrootcert=FILE&connectTimeout=10&options=-c%20search_path%3DSCHEMA");
        }
        if (key.equals(SETTINGS)) {
          settings = URLDecoder.decode(option.replaceFirst("[^=]*=?", ""), StandardCharsets.UTF_8);
        } else {
          driver.add(option);
        }
      }
      return new Options(driver, settings);
    }

    private static Set<String> known() {
      try {
        return Arrays.stream(DriverManager.getDriver(SCHEME).getPropertyInfo(SCHEME, new Properties())).map(option -> option.name).collect(Collectors.toSet());
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private String url() {
      return driver.isEmpty() ? "" : "?" + String.join("&", driver);
    }

    private boolean asksForEncryption() {
      return driver.stream().anyMatch(option -> option.startsWith("ssl"));
    }
  }

  private static URI parse(String name) {
    try {
      return new URI(name);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a store is " + FORM + ", or the path of a file; got '" + shown(name) + "'", e);
    }
  }

  /// Without what may be a password: all after an option that is called so, and between the first colon of who asks and the last @.
  private static String shown(String name) {
    return name.replaceFirst("(?is)(password[^=]*=).*", "$1…").replaceFirst("(?s)^((?:[^:@/]*:?/++)?+[^:@]*):.*@", "$1:…@");
  }

  /// @param flushes whether what is written is on the server's disk when its answer comes
  Connection connect(boolean flushes) throws SQLException {
    Properties all = new Properties();
    all.putAll(properties);
    // Of two settings the server takes the last.
    all.setProperty(Options.SETTINGS, (options.settings + " -c synchronous_commit=" + (flushes ? "on" : "off") + PATIENT + LOST).strip());
    return DriverManager.getConnection(url, all);
  }

  /// Whether its name says something of encryption.
  boolean asksForEncryption() {
    return options.asksForEncryption();
  }

  Duration patience() {
    return patience;
  }

  /// A connection has failed for a while; said once, whichever it is, and not where another has worked since.
  /// @param tried when it was tried, by `System.nanoTime`
  synchronized void isAway(String why, long tried) {
    if (!isAway && worked - tried < 0) {
      isAway = true;
      notes.accept(why);
    }
  }

  /// A connection works.
  void isBack() {
    worked = System.nanoTime();
    if (isAway) {
      tellBack();
    }
  }

  private synchronized void tellBack() {
    if (isAway) {
      isAway = false;
      notes.accept("store " + name + " is back");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
