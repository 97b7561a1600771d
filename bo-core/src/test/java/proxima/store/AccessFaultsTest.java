package proxima.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;
import proxima.study.JournalException;

/// A server that demands passwords and encryption, with a certificate that it signed itself.
class AccessFaultsTest {

  private static final String PASSWORD = "correct-Horse-7";
  private static final String WRONG = "battery-Staple-9";

  @TempDir private static Path folder;

  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    server = Postgres.start(data, 0, true);
    certificate(data);
    String store = "postgresql://postgres@localhost:" + server.getPort() + "/postgres";
    Postgres.execute(store, "CREATE ROLE tuner LOGIN PASSWORD '" + PASSWORD + "'");
    Postgres.execute(store, "CREATE DATABASE tuning OWNER tuner");
    Postgres.execute(store, "ALTER SYSTEM SET ssl = on");
    Files.writeString(data.resolve("pg_hba.conf"), "local all all trust\nhostssl tuning tuner all scram-sha-256\nhost all postgres 127.0.0.1/32 trust\nhost all postgres ::1/128 trust\n");
    Postgres.execute(store, "SELECT pg_reload_conf()");
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private static void certificate(Path data) throws IOException, InterruptedException {
    Process openssl;
    try {
      openssl =
          new ProcessBuilder(
                  "openssl", "req", "-new", "-x509", "-days", "365", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                  "-keyout", data.resolve("server.key").toString(), "-out", data.resolve("server.crt").toString())
              .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      String text = "no certificate for a server: openssl is not installed";
      System.err.println("SKIPPED: " + text);
      throw new TestAbortedException(text, e);
    }
    assertThat(openssl.waitFor()).isZero();
    Files.setPosixFilePermissions(data.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
  }

  private static String name(String host, String options) {
    return "postgresql://tuner@" + host + ":" + server.getPort() + "/tuning" + options;
  }

  private static String root() {
    return "?sslmode=verify-full&sslrootcert=" + folder.resolve("data/server.crt");
  }

  /// What a process says that finishes three trials.
  private static String work(String name, String password) throws IOException {
    Process process = SharedStudyProcess.start(name, 3, Map.of("PGPASSWORD", password));
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void withItsPasswordAndCertificateAServerIsWorkedWithByTlsAndNothingHoldsThePassword() throws Exception {
    assertThat(work(name("localhost", root()), PASSWORD)).contains("told 0.", "told 1.", "told 2.").doesNotContain("refused", PASSWORD);
    try (Connection c = DriverManager.getConnection("jdbc:postgresql://localhost:" + server.getPort() + "/tuning?user=postgres");
        Statement sql = c.createStatement();
        ResultSet row = sql.executeQuery("SELECT (SELECT string_agg(e::text, ' ') FROM proxima_event e) || (SELECT string_agg(l::text, ' ') FROM proxima_lease l)")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).contains("created", "told").doesNotContain(PASSWORD);
    }
  }

  @Test
  void aWrongPasswordIsOneLineThatDoesNotHoldIt() throws IOException {
    String name = name("localhost", "");
    assertThat(work(name, WRONG).lines()).singleElement().asString()
        .isEqualTo("refused store " + name + " lets nobody in so: FATAL: password authentication failed for user \"tuner\"; give the user in the store's name, and the password in PGPASSWORD or ~/.pgpass");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "localhost |                      | lets nobody in so: The server requested SCRAM-based authentication, but no password was provided; give the user in the store's name, and the password in PGPASSWORD or ~/.pgpass",
    "localhost | ?sslmode=disable     | lets nobody in so: FATAL: no pg_hba.conf entry for host",
    "localhost | ?sslmode=disable     | ; see that the user of the store's name exists there and that its pg_hba.conf lets it in from here, and give ?sslmode=require where it wants encryption",
    "localhost | ?sslmode=verify-full | cannot be reached by TLS: Could not open SSL root certificate file",
    "localhost | ?sslmode=verify-ca   | and give the one that vouches for it: ?sslmode=verify-full&sslrootcert=FILE",
    "127.0.0.1 | root                 | cannot be reached by TLS: The hostname 127.0.0.1 could not be verified",
    "localhost | other                | cannot be reached by TLS: SSL error: ",
    "localhost | ?sslmode=most        | cannot be reached by TLS: Invalid sslmode value: most",
  })
  void whatIsMissingIsOneLine(String host, String options, String part) throws Exception {
    String given = options == null ? "" : options.equals("root") ? root() : options.equals("other") ? other() : options;
    assertThatThrownBy(() -> Store.open(name(host, given))).isInstanceOf(JournalException.class).message()
        .startsWith("store " + name(host, given) + " ").contains(part).contains("; ").doesNotContain("\n");
  }

  /// The certificate of another server.
  private static String other() throws IOException, InterruptedException {
    Path there = Files.createDirectories(folder.resolve("other"));
    certificate(there);
    return "?sslmode=verify-full&sslrootcert=" + there.resolve("server.crt");
  }

  @Test
  void aServerWithoutEncryptionIsOneLine() {
    String name = Postgres.store() + "?sslmode=require";
    assertThatThrownBy(() -> Store.open(name)).isInstanceOf(JournalException.class).message()
        .startsWith("store " + name + " cannot be reached by TLS: The server does not support SSL; see that the server has TLS").doesNotContain("\n");
  }
}
