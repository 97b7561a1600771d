package proxima.tune;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.InputException;
import proxima.store.Store;

/// The options that name a run in a store, and the run's folder that they may stand for.
final class StoreOptions {

  private static final String STORE = "--store";
  private static final String STUDY = "--study";

  private StoreOptions() {}

  /// The folder, or the store and the run's name.
  static void describe(CommandSpec spec) {
    spec.addPositional(PositionalParamSpec.builder().index("0").arity("0..1").paramLabel("RUN").type(Path.class).description("The run folder, such as runs/quickstart.").build());
    spec.addOption(store(false));
    spec.addOption(study(false));
  }

  static OptionSpec store(boolean isRequired) {
    return OptionSpec.builder(STORE).paramLabel("STORE").type(String.class).required(isRequired)
        .description("Where the run is: postgresql://[USER@]HOST[:PORT]/DATABASE, or the path of an SQLite file. The password: PGPASSWORD or ~/.pgpass.").build();
  }

  static OptionSpec study(boolean isRequired) {
    return OptionSpec.builder(STUDY).paramLabel("NAME").type(String.class).required(isRequired).description("The run's name: its configuration's, or that of its file.").build();
  }

  /// @param opener what opens the store of a name with a run of a name
  /// @throws InputException if there is no such store, which is not made here
  static RunStore open(ParseResult arguments, BiFunction<String, String, RunStore> opener) {
    String name = arguments.matchedOptionValue(STORE, "");
    if (isFile(name) && !Files.isRegularFile(Path.of(name))) {
      throw new InputException(STORE + ": there is no file " + name + "; begin a run in it with ./proxima tune, or give postgresql://[USER@]HOST[:PORT]/DATABASE");
    }
    return opener.apply(name, arguments.matchedOptionValue(STUDY, ""));
  }

  private static boolean isFile(String name) {
    try {
      return Store.isFile(name);
    } catch (IllegalArgumentException e) {
      throw new InputException(STORE + ": " + e.getMessage());
    }
  }

  /// A run to look at.
  ///
  /// @param given the command that goes on with it
  /// @param store in which it was found
  /// @param temporary where the folder is, if it is a copy of what a store says, and goes with this
  record Source(RunFolder folder, String given, Optional<String> store, Optional<TemporaryFolder> temporary) implements AutoCloseable {

    /// Its configuration, in the store in which it was found: one that was moved, or that has another name from here, is not where the configuration says.
    RunConfig read() {
      RunConfig config = folder.look();
      return store.map(config::in).orElse(config);
    }

    @Override
    public void close() {
      temporary.ifPresent(TemporaryFolder::close);
    }
  }

  /// @param kept where the folder of a run in a store is made, to be kept; empty for a temporary one
  /// @throws InputException if neither a folder nor a store and a run are given
  static Source source(ParseResult arguments, Optional<Path> kept) {
    check(arguments);
    if (arguments.hasMatchedPositional(0)) {
      RunFolder folder = RunFolder.of(arguments);
      return new Source(folder, "./proxima resume " + folder.path(), Optional.empty(), Optional.empty());
    }
    try (RunStore store = open(arguments, RunStore::openToRead)) {
      RunDescription description = store.description();
      Optional<TemporaryFolder> temporary = kept.isPresent() ? Optional.empty() : Optional.of(TemporaryFolder.make());
      RunFolder folder = new RunFolder(kept.orElseGet(() -> temporary.orElseThrow().path()));
      if (!Files.exists(folder.config())) {
        folder.create(description);
      } else if (!folder.describe().isSame(description)) {
        throw new InputException(folder.path() + ": holds another run than " + store.where() + "; give another folder with --out");
      }
      return new Source(folder, store.join(), Optional.of(store.name()), temporary);
    }
  }

  private static void check(ParseResult arguments) {
    boolean isFolder = arguments.hasMatchedPositional(0);
    boolean hasStore = arguments.hasMatchedOption(STORE);
    boolean hasStudy = arguments.hasMatchedOption(STUDY);
    if (isFolder && (hasStore || hasStudy)) {
      throw new InputException("RUN: a run folder already says where its run is; leave out " + (hasStore ? STORE : STUDY) + ", or the folder");
    }
    if (!isFolder && hasStore != hasStudy) {
      throw new InputException((hasStore ? STUDY : STORE) + ": is missing; a run in a store is given by both " + STORE + " and " + STUDY);
    }
    if (!isFolder && !hasStore) {
      throw new InputException("give a run folder, such as runs/quickstart, or both " + STORE + " and " + STUDY);
    }
  }
}
