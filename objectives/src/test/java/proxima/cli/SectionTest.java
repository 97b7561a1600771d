package proxima.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {

  @TempDir private Path folder;

  private Section read(String text) throws IOException {
    return Section.read(new Problems(Files.writeString(folder.resolve("a.yaml"), text)));
  }

  private void refused(String text, String line) {
    assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(InputException.class, e -> assertThat(e.problems()).singleElement().asString().contains(line));
  }

  @Test
  void anAliasOfAWholeSectionIsRead() throws IOException {
    Section section = read("scale: &s {width: 64}\nbase: *s\n");
    assertThat(section.section("base").requiredInteger("width", 1, 100)).isEqualTo(64);
  }

  @Test
  void aliasesAreAsManyAsOneLikes() throws IOException {
    StringBuilder text = new StringBuilder("x0: &d {real: [0, 1]}\n");
    for (int i = 1; i <= 2000; i++) {
      text.append("x").append(i).append(": *d\n");
    }
    Section section = read(text.toString());
    assertThat(section.section("x2000").interval("real", Range.ANY)).containsExactly(0, 1);
  }

  /// 2^60 and 9^30 values, of a few thousand letters: nobody lives to count them.
  @ParameterizedTest
  @CsvSource({"60, 2, 21", "30, 9, 8"})
  void aliasesOfAliasesAreRefusedSoon(int levels, int times, int line) {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i <= levels; i++) {
      text.append("a").append(i).append(": &a").append(i).append(" [").append(("*a" + (i - 1) + ", ").repeat(times)).append("]\n");
    }
    assertTimeoutPreemptively(Duration.ofMinutes(2), () ->
        refused(text.toString(), "a.yaml:" + line + ": has aliases that stand for more than 4194304 values; use fewer of them, or shorter ones"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: &a [*a]", "a: &a {b: *a}", "a: &a {? *a : 1}", "a: &a [1, [2, *a], *a]"})
  void anAliasInsideOfWhatItStandsForIsRefused(String text) {
    refused(text, "alias");
  }

  @Test
  void whatIsNestedTooDeeplyOrHoldsControlCharactersIsRefused() {
    refused("a: " + "[".repeat(60) + "]".repeat(60), "is not YAML that is read here: Nesting Depth exceeded max 50");
    refused("a: " + "[".repeat(100_000), "is not YAML");
    refused("a: \u007f", "special characters are not allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ['http://localhost:1/']]]]", "!!java.net.URL ['http://localhost:1/']", "!!proxima.cli.Version {}"})
  void aTagThatNamesAClassIsRefused(String value) {
    refused("width: " + value + "\n", "a.yaml:1: is not YAML: Global tag is not allowed: tag:yaml.org,2002:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!java.net.URL ['http://localhost:1/']", "!!set {a}", "!!omap [a: 1]"})
  void anyOtherTagMeansNothing(String value) throws IOException {
    assertThat(read("width: " + value + "\n").json().get("width").isContainerNode()).isTrue();
  }

  @Test
  void quotedScalarsAndThoseOfTextsAreNoNumbers() throws IOException {
    assertThat(read("{type: 0, fanIn: 4, choice: \"2\"}\n").json("type")).hasToString("{\"type\":\"0\",\"fanIn\":4,\"choice\":\"2\"}");
  }

  @Test
  void aKeyThatIsNoTextIsShown() throws IOException {
    assertThat(read("m: {? {a: b} : c}").json()).hasToString("{\"m\":{\"{a: b}\":\"c\"}}");
  }

  @Test
  void whatStandsAtAnUnknownKeyIsShownAndCutWhereItIsLong() throws IOException {
    Problems problems = new Problems(Files.writeString(folder.resolve("a.yaml"), "wdith: {a: [1, x], b: {}, c: []}\nlist: [" + "12, ".repeat(100_000) + "12]\n"));
    Section section = Section.read(problems);
    assertThat(section.has("width")).isFalse();
    section.finish();
    assertThatThrownBy(problems::check).isInstanceOfSatisfying(InputException.class, e -> assertThat(e.problems()).satisfiesExactly(
        p -> assertThat(p).endsWith(":1: wdith: unknown key, its value is {a: [1, x], b: {}, c: []}; did you mean 'width'?; known here: width"),
        p -> assertThat(p).contains(":2: list: unknown key, its value is [12, 12, ").endsWith("12,...; known here: width").hasSizeLessThan(250)));
  }

  @Test
  void ofARangeWithAWrongEndNothingElseIsSaid() throws IOException {
    Problems problems = new Problems(Files.writeString(folder.resolve("a.yaml"), "a: [0.5, 1.0]\nb: [x, 0.1]\nc: [0.5, 0.1]\n"));
    Section section = Section.read(problems);
    for (String key : section.keys()) {
      section.interval(key, Range.DECAY);
    }
    assertThatThrownBy(problems::check).isInstanceOfSatisfying(InputException.class, e -> assertThat(e.problems()).map(p -> p.replaceFirst("^.*a.yaml:", "")).containsExactly(
        "1: a: must be in [0, 1), got 1.0", "2: b: needs a number, got 'x'", "3: c: needs low < high, got [0.5, 0.1]"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "[32, 64]|true", "[true, False]|true", "[1e-3, .5, 5., +1, -0.1]|true", "[1, true]|true", "['32', 64]|false", "[on, off]|false", "[010, 11]|false", "[a, b]|false", "[1, auto]|false", "[1_000, 2]|false", "[0x10, 1]|false", "[nan, 1]|false", "7|false"})
  void aListOfLiteralsIsOneOfNumbersAndBooleansWithoutQuotes(String list, boolean isOfLiterals) throws IOException {
    assertThat(read("choices: " + list + "\n").isOfLiterals("choices")).isEqualTo(isOfLiterals);
  }

  @Test
  void aPathThatIsNoneIsAProblemOfItsKey() throws IOException {
    Problems problems = new Problems(Files.writeString(folder.resolve("a.yaml"), "text: \"a\\0b\"\n"));
    Section section = Section.read(problems);
    assertThat(section.requiredFile("text", folder)).isEqualTo(folder);
    assertThatThrownBy(problems::check).hasMessageContaining("a.yaml:1: text: needs a path of this system, got 'a b': Nul character not allowed");
  }

  @Test
  void ofVeryManyProblemsAThousandAreTold() throws IOException {
    Problems problems = new Problems(Files.writeString(folder.resolve("a.yaml"), "x:\n".repeat(3000)));
    Section.read(problems);
    assertThatThrownBy(problems::check).isInstanceOfSatisfying(InputException.class, e ->
        assertThat(e.problems()).hasSize(1001).startsWith(folder.resolve("a.yaml") + ":2: x: stands twice").endsWith("and 1999 more"));
  }

  @Test
  void aValueOfSeveralLinesIsQuotedInOne() throws IOException {
    Problems problems = new Problems(Files.writeString(folder.resolve("a.yaml"), "width: \"6\\n4\\e[31m\"\n"));
    Section.read(problems).integer("width", 1, 1, 100);
    assertThatThrownBy(problems::check).isInstanceOfSatisfying(InputException.class, e ->
        assertThat(e.problems()).containsExactly(folder.resolve("a.yaml") + ":1: width: needs a whole number, got '6 4 [31m'"));
  }
}
