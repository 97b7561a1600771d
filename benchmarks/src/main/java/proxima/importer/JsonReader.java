package proxima.importer;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import proxima.cli.InputException;
import proxima.space.JsonFields;

/// A JSON file read from its start to its end, value by value. NaN and Infinity, which Python writes, are numbers.
///
/// What reads a value is called where it begins, and has read all of it when it returns.
final class JsonReader {

  private static final ObjectMapper MAPPER = JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final Path file;
  private final JsonParser parser;

  private JsonReader(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  interface Content {
    void read(JsonReader json) throws IOException, InterruptedException;
  }

  interface Field {
    void read(String name) throws IOException, InterruptedException;
  }

  interface Element {
    void read() throws IOException, InterruptedException;
  }

  /// @throws InputException with line and column, if the file is no JSON or its content is wrong.
  static void read(Path file, Content content) throws IOException, InterruptedException {
    try (JsonParser parser = MAPPER.createParser(file.toFile())) {
      JsonReader reader = new JsonReader(file, parser);
      parser.nextToken();
      content.read(reader);
      if (parser.nextToken() != null) {
        throw reader.wrong("something follows the end of the JSON value");
      }
    } catch (JsonProcessingException e) {
      throw notJson(file, e);
    }
  }

  /// All of a small file.
  /// @throws InputException with line and column, if it is no JSON.
  static JsonNode tree(Path file) throws IOException {
    try {
      return MAPPER.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw notJson(file, e);
    }
  }

  private static InputException notJson(Path file, JsonProcessingException e) {
    // Without a place where it is nested too deeply.
    String place = e.getLocation() == null ? file.toString() : place(file, e.getLocation());
    return new InputException(place + ": is not JSON: " + JsonFields.fault(e));
  }

  /// Reads an object, field by field.
  /// @param what it should be
  void object(String what, Field field) throws IOException, InterruptedException {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      throw wrong("needs " + what + ", an object, got " + found());
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      String name = parser.currentName();
      parser.nextToken();
      field.read(name);
    }
  }

  /// Reads a list, element by element.
  void list(String what, Element element) throws IOException, InterruptedException {
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      throw wrong("needs " + what + ", a list, got " + found());
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  boolean isList() {
    return parser.hasToken(JsonToken.START_ARRAY);
  }

  /// A number; NaN where it is null.
  double number(String what) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_NULL -> Double.NaN;
      case null, default -> throw wrong("needs " + what + ", a number, got " + found());
    };
  }

  /// A number, text or truth value, as it is written.
  String scalar(String what) throws IOException {
    if (!parser.currentToken().isScalarValue()) {
      throw wrong("needs " + what + ", a number or text, got " + found());
    }
    return parser.getText();
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  private String found() throws IOException {
    return switch (parser.currentToken()) {
      case null -> "nothing";
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      default -> "'" + parser.getText() + "'";
    };
  }

  /// A problem of the value that is being read.
  InputException wrong(String message) {
    return new InputException(place(file, parser.currentTokenLocation()) + ": " + message);
  }

  private static String place(Path file, JsonLocation at) {
    // Files of some GB have one line; Jackson counts columns in an int, bytes in a long.
    long column = at.getLineNr() == 1 && at.getByteOffset() >= 0 ? at.getByteOffset() + 1 : at.getColumnNr();
    return file + ":" + at.getLineNr() + ":" + column;
  }
}
