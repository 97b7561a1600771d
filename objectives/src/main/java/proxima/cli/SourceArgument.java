package proxima.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// What an import reads: the argument behind its layout.
public final class SourceArgument {

  private static final int INDEX = 1;

  private SourceArgument() {}

  public static PositionalParamSpec spec() {
    return PositionalParamSpec.builder().index(Integer.toString(INDEX)).paramLabel("SOURCE").type(Path.class).required(true).description("The file or folder to read.").build();
  }

  /// @throws InputException if there is no such file or folder; an empty one, as of a variable that is not set, is not the folder that one is in.
  public static Path read(ParseResult arguments) {
    Path source = arguments.matchedPositionalValue(INDEX, Path.of(""));
    if (source.toString().isEmpty()) {
      throw new InputException("SOURCE: is empty; give a file or folder, or . for this one");
    }
    if (!Files.exists(source)) {
      throw new InputException(source + ": no such file or folder");
    }
    return source;
  }
}
