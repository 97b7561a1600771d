package proxima.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.InputException;

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
    if (!name.contains("://") && !Files.exists(Path.of(name))) {
      throw new InputException(STORE + ": there is no file " + name + "; begin a run in it with ./proxima tune, or give postgresql://[USER@]HOST[:PORT]/DATABASE");
    }
    return opener.apply(name, arguments.matchedOptionValue(STUDY, ""));
  }

  /// A run to look at.
  ///
  /// @param given the command that goes on with it
  /// @param isTemporary whether the folder is a copy of what a store says, and goes with this
  record Source(RunFolder folder, String given, boolean isTemporary) implements AutoCloseable {
    @Override
    public void close() {
      if (isTemporary) {
        delete(folder.path());
      }
    }
  }

  /// @param kept where the folder of a run in a store is made, to be kept; empty for a temporary one
  /// @throws InputException if neither a folder nor a store and a run are given
  static Source source(ParseResult arguments, Optional<Path> kept) {
    boolean isStored = arguments.hasMatchedOption(STORE) && arguments.hasMatchedOption(STUDY);
    if (arguments.hasMatchedPositional(0) == (arguments.hasMatchedOption(STORE) || arguments.hasMatchedOption(STUDY)) || (!arguments.hasMatchedPositional(0) && !isStored)) {
      throw new InputException("give a run folder, such as runs/quickstart, or both " + STORE + " and " + STUDY);
    }
    if (!isStored) {
      RunFolder folder = RunFolder.of(arguments);
      return new Source(folder, "./proxima resume " + folder.path(), false);
    }
    try (RunStore store = open(arguments, RunStore::openToRead)) {
      RunFolder folder = new RunFolder(kept.orElseGet(StoreOptions::temporary));
      if (!Files.exists(folder.config())) {
        folder.create(store.description());
      }
      return new Source(folder, store.join(), kept.isEmpty());
    }
  }

  /// A folder for the files of one command.
  static Path temporary() {
    try {
      return Files.createTempDirectory("proxima-run");
    } catch (IOException e) {
      throw new InputException("a folder for temporary files can not be made: " + e.getMessage());
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new InputException(folder + ": can not be deleted: " + e.getMessage());
    }
  }
}
