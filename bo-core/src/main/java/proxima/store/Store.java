package proxima.store;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import proxima.study.Journal;

/// A journal that several processes share, with the leases of its trials and the descriptions of its runs. Safe for several threads.
public interface Store extends Journal {

  /// The store of this name, made where there is none: `postgresql://[USER@]HOST[:PORT]/DATABASE[?OPTIONS]`, or the path of an SQLite file on a local disk.
  /// @throws IllegalArgumentException if the name is none, or holds a password
  /// @throws proxima.study.JournalException if it cannot be reached or read
  static Store open(String name) {
    return open(name, _ -> {});
  }

  /// The same.
  /// @param notes hears a line when its server is away for long, and one when it is back
  static Store open(String name, Consumer<String> notes) {
    return isFile(name) ? SqliteStore.open(Path.of(name), InstantSource.system()) : PostgresStore.open(PostgresServer.of(name, notes));
  }

  /// Whether a name is the path of a file, and not that of a PostgreSQL database.
  /// @throws IllegalArgumentException if it is meant for a database's and has another form
  static boolean isFile(String name) {
    return !PostgresServer.isNamed(name);
  }

  /// The store of this name, to be read. An SQLite file that cannot be written, nor anything beside it, is read from a copy.
  /// @throws IllegalArgumentException if the name is none, or holds a password
  /// @throws proxima.study.JournalException if it cannot be reached or read
  static Store openToRead(String name) {
    return isFile(name) ? SqliteStore.openToRead(Path.of(name)) : PostgresStore.openToRead(PostgresServer.of(name, _ -> {}));
  }

  /// The same of a store that was there before, whose server is waited for where it is away.
  /// @param notes hears a line when that is long, and one when it is back
  static Store awaitToRead(String name, Consumer<String> notes) {
    return isFile(name) ? openToRead(name) : PostgresStore.awaitToRead(PostgresServer.of(name, notes));
  }

  /// The same name, with the path of a file read against a directory.
  /// @throws IllegalArgumentException if the name is none, or holds a password
  static String named(String name, Path directory) {
    return isFile(name) ? directory.resolve(name).normalize().toString() : PostgresServer.of(name, _ -> {}).toString();
  }

  /// What is known of its runs.
  Runs runs();

  /// The leases that this process holds.
  /// @param holder names it among all processes that ever work with the store
  Leases leases(String holder);
}
