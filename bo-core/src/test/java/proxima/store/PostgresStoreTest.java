package proxima.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.store.Leases.Turn;
import proxima.study.Decision;
import proxima.study.Journal;
import proxima.study.JournalContract;
import proxima.study.JournalException;
import proxima.study.StudyEvent;

class PostgresStoreTest {

  @Nested
  class AsAJournal extends JournalContract {
    @Override
    protected Journal open() {
      return Store.open(Postgres.store());
    }
  }

  @Nested
  class AsAStore extends StoreContract {
    @Override
    String name() {
      return Postgres.store();
    }

    @Override
    void endLeases(String name) {
      Postgres.execute(name, "UPDATE proxima_lease SET ends = ends - interval '1 hour'");
    }
  }

  @Test
  void anAppendWhoseAnswerWasLostStandsOnceAndIsTheWriters() throws IOException {
    String name = Postgres.store();
    try (FlakyNetwork network = FlakyNetwork.before(name);
        Store store = Store.open(network.through(name));
        Store other = Store.open(name)) {
      JournalContract.append(store, "s", JournalContract.EVENTS.subList(0, 2));
      AtomicInteger asked = new AtomicInteger();
      Optional<StudyEvent> appended = store.append("s", 2, others -> {
        asked.incrementAndGet();
        network.loseNextAnswer();
        return Optional.of(JournalContract.EVENTS.get(2));
      });
      assertThat(appended).contains(JournalContract.EVENTS.get(2));
      assertThat(asked).as("not written again").hasValue(1);
      assertThat(other.append("s", 2, JournalContract.EVENTS.get(2))).as("the same event of another").isFalse();
      assertThat(other.read("s", 0)).isEqualTo(JournalContract.EVENTS.subList(0, 3));
    }
  }

  @Test
  void whoStopsInTheMiddleOfAnAppendKeepsNobodyWaiting() throws Exception {
    String name = Postgres.store();
    CountDownLatch isAsked = new CountDownLatch(1);
    CountDownLatch isThere = new CountDownLatch(1);
    List<StudyEvent> seen = new ArrayList<>();
    StudyEvent last = JournalContract.EVENTS.get(2);
    try (Store store = Store.open(name);
        Store other = Store.open(name)) {
      JournalContract.append(store, "s", JournalContract.EVENTS.subList(0, 1));
      FutureTask<Optional<StudyEvent>> stopped = new FutureTask<>(() -> store.append("s", 1, others -> {
        seen.addAll(others);
        isAsked.countDown();
        await(isThere);
        return Optional.of(last);
      }));
      Thread.ofPlatform().start(stopped);
      await(isAsked);
      assertThat(other.append("s", 1, JournalContract.EVENTS.get(1))).isTrue();
      isThere.countDown();
      assertThat(stopped.get(60, TimeUnit.SECONDS)).contains(last);
      assertThat(seen).as("taken in once").isEqualTo(JournalContract.EVENTS.subList(1, 2));
      assertThat(other.read("s", 0)).isEqualTo(JournalContract.EVENTS.subList(0, 3));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).as("within a minute").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyAppendStandsOnceWhereConnectionsAreCut() throws Exception {
    String name = Postgres.store();
    int appends = 1;
    AtomicBoolean isDone = new AtomicBoolean();
    try (FlakyNetwork network = FlakyNetwork.before(name);
        Store store = Store.open(network.through(name))) {
      AtomicInteger cuts = new AtomicInteger();
      FutureTask<Integer> cutter = new FutureTask<>(() -> {
        while (!isDone.get()) {
          Thread.sleep(50);
          cuts.addAndGet(network.cut() > 0 ? 1 : 0);
        }
        return cuts.get();
      });
      Thread.ofPlatform().start(cutter);
      try {
        store.append("s", 0, JournalContract.EVENTS.getFirst());
        for (; appends < 200 || (cuts.get() < 3 && appends < 20_000); appends++) {
          assertThat(store.append("s", appends, new StudyEvent.Reported(0, appends, appends, Decision.CONTINUE))).as("append %d", appends).isTrue();
        }
      } finally {
        isDone.set(true);
      }
      assertThat(cutter.get(60, TimeUnit.SECONDS)).as("cuts").isPositive();
    }
    try (Store store = Store.open(name)) {
      List<StudyEvent> events = store.read("s", 0);
      assertThat(events).hasSize(appends);
      assertThat(events.subList(1, appends)).extracting(e -> ((StudyEvent.Reported) e).step()).isSorted();
    }
  }

  @Test
  void tablesOfTheFirstVersionBecomeThoseOfThis() {
    String name = Postgres.store();
    Postgres.execute(name, PostgresSchema.script(1) + "CREATE TABLE proxima_schema (version integer NOT NULL); INSERT INTO proxima_schema VALUES (1);"
        + "INSERT INTO proxima_event VALUES ('s', 0, gen_random_uuid(), '" + proxima.study.EventJson.write(JournalContract.EVENTS.getFirst()).replace("'", "''") + "')");
    assertThatThrownBy(() -> Store.openToRead(name)).as("who only looks changes nothing").isInstanceOf(JournalException.class)
        .hasMessageStartingWith("store " + name + " has version 1, and this program reads version 3; ");
    try (Store store = Store.open(name)) {
      assertThat(store.read("s", 0)).isEqualTo(List.of(JournalContract.EVENTS.getFirst()));
      assertThat(store.runs().describe("r", "text")).isTrue();
    }
    try (Store store = Store.openToRead(name)) {
      assertThat(store.runs().description("r")).isEqualTo(Optional.of("text"));
    }
  }

  @Test
  void whoOnlyLooksMakesNoTables() {
    String name = Postgres.store();
    assertThatThrownBy(() -> Store.openToRead(name)).isInstanceOf(JournalException.class)
        .hasMessage("store " + name + " holds nothing yet; see that this is its name, or begin a run in it with ./proxima tune");
    assertThatThrownBy(() -> Postgres.execute(name, "SELECT 1 FROM proxima_event")).cause().isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).as("no table").isEqualTo("42P01"));
  }

  @Test
  void tablesOfANewerVersionAreLeftAlone() {
    String name = Postgres.store();
    Store.open(name).close();
    Postgres.execute(name, "UPDATE proxima_schema SET version = 99");
    assertThatThrownBy(() -> Store.open(name)).isInstanceOf(JournalException.class)
        .hasMessage("store " + name + " has version 99, and this program reads versions up to 3; use the program that wrote it, or a newer one");
  }

  @Test
  void aReadOnlyStoreIsOneLine() {
    String name = Postgres.store();
    Store.open(name).close();
    Postgres.execute("ALTER DATABASE " + name.replaceFirst(".*/", "") + " SET default_transaction_read_only = on");
    try (Store store = Store.open(name)) {
      assertThatThrownBy(() -> store.append("s", 0, JournalContract.EVENTS.getFirst())).isInstanceOf(JournalException.class)
          .hasMessageContaining("is read-only: ").hasMessageEndingWith("; give the primary server, or permission to write");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "postgresql://me:secret@host/db   | a store's name takes no password, since names are kept with runs; set PGPASSWORD, or give it in ~/.pgpass",
    "postgresql://host/db?password=x  | a store's name takes no password, since names are kept with runs; set PGPASSWORD, or give it in ~/.pgpass",
    "mysql://host/db                  | a store is postgresql://[USER@]HOST[:PORT]/DATABASE[?OPTIONS], or the path of a file; got 'mysql://host/db'",
    "postgresql://host                | a store is postgresql://[USER@]HOST[:PORT]/DATABASE[?OPTIONS], or the path of a file; got 'postgresql://host'",
    "postgresql://host/db?Password=x  | a store's name takes no password, since names are kept with runs; set PGPASSWORD, or give it in ~/.pgpass",
    "postgresql://me:secret@my_host/d | a store's name takes no password, since names are kept with runs; set PGPASSWORD, or give it in ~/.pgpass",
    "postgresql://me:s@cret@host/d    | a store's name takes no password, since names are kept with runs; set PGPASSWORD, or give it in ~/.pgpass",
    "postgresql://my!host:x/d         | a store is postgresql://[USER@]HOST[:PORT]/DATABASE[?OPTIONS], or the path of a file; got 'postgresql://my!host:x/d'",
    "postgresql://me:s:e/c ret@host/d | a store is postgresql://[USER@]HOST[:PORT]/DATABASE[?OPTIONS], or the path of a file; got 'postgresql://me:…@host/d'",
    "postgresql://host/d?password=a b | a store is postgresql://[USER@]HOST[:PORT]/DATABASE[?OPTIONS], or the path of a file; got 'postgresql://host/d?password=…'",
    "postgresql://me:sec ret@host/db  | a store is postgresql://[USER@]HOST[:PORT]/DATABASE[?OPTIONS], or the path of a file; got 'postgresql://me:…@host/db'",
  })
  void aNameThatIsNoneIsOneLineWithoutItsPassword(String name, String line) {
    assertThatThrownBy(() -> Store.open(name)).isInstanceOf(IllegalArgumentException.class).hasMessage(line);
  }

  /// As other tools take it, or with a slash too few: no files of that name, and nothing that repeats the password.
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "host=127.0.0.1 user=u password=secretpw dbname=x | host=127.0.0.1 user=u password=…",
    "host=h PASSWORD = secretpw                       | host=h PASSWORD =…",
    "user:secretpw@host/db                            | user:…@host/db",
    "me:s/cr@t:pw@host/db                             | me:…@host/db",
    "postgres:secretpw@host/db                        | postgres:…@host/db",
    "postgresql:/postgres:secretpw@h:5432/db          | postgresql:/postgres:…@h:5432/db",
    "postgresql:me:secretpw@h/db                      | postgresql:…@h/db",
    "postgresql//me:secretpw@h/db                     | postgresql//me:…@h/db",
    "//me:secretpw@h/db                               | //me:…@h/db",
    "Postgres:h/db                                    | Postgres:h/db",
  })
  void aNameThatIsMeantForADatabaseIsNoFile(String name, String shown) {
    String line = "a store is postgresql://[USER@]HOST[:PORT]/DATABASE[?OPTIONS], its password in PGPASSWORD or ~/.pgpass, or the path of a file, such as ./runs.db; got '" + shown + "'";
    assertThatThrownBy(() -> Store.open(name)).isInstanceOf(IllegalArgumentException.class).hasMessage(line);
    assertThatThrownBy(() -> Store.openToRead(name)).isInstanceOf(IllegalArgumentException.class).hasMessage(line);
    assertThatThrownBy(() -> Store.named(name, Path.of("/runs"))).isInstanceOf(IllegalArgumentException.class).hasMessage(line);
    assertThat(Path.of(name)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs.db", "C:/x", "a@b/c:d.db", "./a@b/c.db", "./me:secret@host", "../me:secret@host", "/tmp/me:secret@host/password=x/runs.db", "postgres/runs.db", "runs-12:30.db"})
  void thePathOfAFileIsNoNameOfADatabase(String name) {
    assertThat(Store.isFile(name)).isTrue();
  }

  /// The driver passes over what it does not know, and a server would not be verified without a word.
  @ParameterizedTest
  @ValueSource(strings = {"sslmod=verify-full", "sslMode=verify-full", "connect_timeout=3", "sslmode=require&sslrootcrt=x", "sslmod"})
  void anOptionThatTheDriverDoesNotKnowIsRefused(String options) {
    String key = options.replaceFirst("^sslmode=require&", "").replaceFirst("=.*", "");
    assertThatThrownBy(() -> Store.open("postgresql://me@localhost:1/db?" + options)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a store's name has the option '" + key + "', which PostgreSQL's driver does not know; those that it knows are written as in ?sslmode=verify-full").hasMessageNotContaining("\n");
  }

  @Test
  void whatANameGivesTheServerStandsBesideWhatTheProgramDoes() throws SQLException {
    String name = Postgres.store();
    PostgresServer server = PostgresServer.of(name + "?options=-c%20synchronous_commit%3Doff%20-c%20search_path=one,public+-c%20statement_timeout=7&tcpKeepAlive=true", _ -> {});
    try (var flushing = server.connect(true);
        var other = server.connect(false)) {
      assertThat(setting(flushing, "synchronous_commit")).isEqualTo("on");
      assertThat(setting(flushing, "statement_timeout")).isEqualTo("0");
      assertThat(setting(flushing, "search_path")).isEqualTo("one,public");
      assertThat(setting(other, "synchronous_commit")).isEqualTo("off");
    }
    assertThat(server).as("its name is as given").hasToString(name + "?options=-c%20synchronous_commit%3Doff%20-c%20search_path=one,public+-c%20statement_timeout=7&tcpKeepAlive=true");
  }

  private static String setting(Connection c, String name) throws SQLException {
    try (var sql = c.createStatement();
        var row = sql.executeQuery("SHOW " + name)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql://tuning@my_db/tuning", "postgresql://me%40corp@db.example.org:5433/a%20b?sslmode=require", "postgresql://[::1]:5433/d", "postgresql://h/d?options=-c%20search_path=one+-c%20geqo=off&sslmode=require"})
  void namesOfContainersAndEscapedOnesStayAsTheyAre(String name) {
    assertThat(PostgresServer.of(name, _ -> {})).hasToString(name);
  }

  @Test
  void aLimitOfTheServersDoesNotEndWhoWaitsForATurn() throws SQLException {
    String name = Postgres.store();
    Postgres.execute("ALTER DATABASE " + name.replaceFirst(".*/", "") + " SET statement_timeout = '1ms'");
    try (var c = PostgresServer.of(name, _ -> {}).connect(false);
        var sql = c.createStatement()) {
      assertThat(sql.execute("SELECT pg_sleep(0.1)")).isTrue();
    }
  }

  /// Whoever is suspended keeps its connection, and the lock.
  @Test
  void aTurnThatDoesNotComeIsNotWaitedForLong() throws Exception {
    PostgresServer server = PostgresServer.of(Postgres.store(), _ -> {});
    try (PostgresTurns suspended = new PostgresTurns(PostgresSession.open(server, false));
        PostgresTurns other = new PostgresTurns(PostgresSession.open(server, false), Duration.ofMillis(100));
        Turn _ = suspended.take("s");
        var c = server.connect(false);
        var sql = c.createStatement()) {
      other.take("s").close();
      other.take("s").close();
      try (Turn _ = other.take("t");
          var row = sql.executeQuery("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getInt(1)).as("that of s is still the other's, and that of t came").isEqualTo(2);
      }
    }
  }

  @Test
  void aServerThatIsNotThereOrLetsNobodyInIsOneLine() {
    assertThatThrownBy(() -> Store.open("postgresql://me@localhost:1/db")).isInstanceOf(JournalException.class)
        .hasMessageStartingWith("store postgresql://me@localhost:1/db cannot be reached: ").hasMessageContaining("see that a server runs there").hasMessageNotContaining("\n");
    String name = Postgres.store();
    String other = name.replaceFirst("[^/]*$", "no_such_database");
    assertThatThrownBy(() -> Store.open(other)).isInstanceOf(JournalException.class).hasMessageStartingWith("store " + other + " has no such database: ").hasMessageContaining("createdb");
    Postgres.execute("DO $$ BEGIN CREATE ROLE proxima_reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    String reader = name.replaceFirst("//[^@]*@", "//proxima_reader@");
    assertThatThrownBy(() -> Store.open(reader)).isInstanceOf(JournalException.class).hasMessageStartingWith("store " + reader + " may not be used so: ")
        .hasMessageEndingWith("; grant the user the right to create tables, or give another database");
    Store.open(name).close();
    assertThatThrownBy(() -> Store.openToRead(reader)).isInstanceOf(JournalException.class)
        .hasMessage("store " + reader + " may not be used so: ERROR: permission denied for table proxima_schema; grant the user SELECT on proxima_schema and the other tables of proxima to look, and INSERT, UPDATE and DELETE to work, or give another database");
    Postgres.execute(name, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO proxima_reader");
    try (Store store = Store.open(reader)) {
      assertThat(store.runs().names()).isEmpty();
      assertThatThrownBy(() -> store.runs().describe("r", "text")).isInstanceOf(JournalException.class).hasMessageContaining("permission denied for table proxima_run; grant the user SELECT on proxima_run ");
    }
    Postgres.execute(name, "UPDATE proxima_schema SET version = 2");
    Postgres.execute(name, "GRANT ALL ON SCHEMA public TO proxima_reader");
    assertThatThrownBy(() -> Store.open(reader)).isInstanceOf(JournalException.class)
        .hasMessageContaining("must be owner of table proxima_event; let the owner of its tables bring them up to date, by ./proxima tune or resume, or give another database");
  }

  private static void refuse(ServerSocket door) {
    try {
      while (true) {
        try (Socket one = door.accept()) {
          one.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  /// As by a port that is another program's.
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "''              | cannot be reached: ",
    "?sslmode=prefer | cannot be reached by TLS: ",
  })
  void whatIsNoServerCanNotBeReachedAndByTlsWhereThatIsAskedFor(String options, String part) throws IOException {
    try (ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuse(door));
      String name = "postgresql://me@localhost:" + door.getLocalPort() + "/db" + options;
      assertThatThrownBy(() -> Store.open(name)).isInstanceOf(JournalException.class).hasMessageStartingWith("store " + name + " " + part).hasMessageNotContaining("\n").message().contains("; see that ");
    }
  }
}
