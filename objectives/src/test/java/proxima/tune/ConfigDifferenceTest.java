package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigDifferenceTest {

  private static final String THERE = """
      # A comment.
      name: run
      space: {parameters: {x: {real: [0, 1]}, y: {choices: [a, b]}}}
      budget: {trials: 10, seeds: 1}
      """;

  private static String with(String text, String other) {
    assertThat(THERE).contains(text);
    return THERE.replace(text, other);
  }

  @Test
  void commentsAndLayoutAreNone() {
    assertThat(ConfigDifference.between(THERE, THERE)).isEmpty();
    assertThat(ConfigDifference.between(THERE, with("# A comment.\n", ""))).isEmpty();
    assertThat(ConfigDifference.between(THERE, with("{trials: 10, seeds: 1}", "\n  seeds: 1\n  trials: 10"))).isEmpty();
  }

  @Test
  void eachKeyIsNamedWithBothValues() {
    assertThat(ConfigDifference.between(THERE, with("[0, 1]", "[0, 2]"))).contains("space.parameters.x.real[1]: there 1, here 2");
    assertThat(ConfigDifference.between(THERE, with(", seeds: 1", ""))).contains("budget.seeds: there 1, here nothing");
    assertThat(ConfigDifference.between(THERE, THERE + "seed: 3\n")).contains("seed: there nothing, here 3");
    assertThat(ConfigDifference.between(THERE, with("[a, b]", "[a, b, c]"))).contains("space.parameters.y.choices: there a list of 2, here a list of 3");
    assertThat(ConfigDifference.between(THERE, with("{real: [0, 1]}", "3"))).contains("space.parameters.x: there other keys, here 3");
  }

  private static Optional<String> between(String there, String fileThere, String here, String fileHere) {
    return ConfigDifference.between(description(there, fileThere), description(here, fileHere));
  }

  private static RunDescription description(String text, String file) {
    return new RunDescription("1", text, file, Optional.empty(), Optional.empty());
  }

  @Test
  void aNameThatIsTheFilesIsNone() {
    String nameless = with("name: run\n", "");
    assertThat(between(THERE, "/a/other.yaml", nameless, "/b/run.yaml")).isEmpty();
    assertThat(between(nameless, "/a/run.yml", THERE, "/b/other.yaml")).isEmpty();
    assertThat(between(nameless, "/a/one.yaml", nameless + "# More.\n", "/a/copy.yaml")).as("a file that was moved").isEmpty();
    assertThat(between(THERE, "/a/run.yaml", nameless, "/a/other.yaml")).contains("name: there run, here nothing");
    assertThat(between(nameless, "/a/other.yaml", THERE, "/a/run.yaml")).contains("name: there nothing, here run");
    assertThat(between(THERE, "/a/run.yaml", with("name: run", "name: other"), "/a/run.yaml")).contains("name: there run, here other");
  }

  @Test
  void ofManyTheFirstAreNamed() {
    assertThat(ConfigDifference.between("{a: 1, b: 1, c: 1}", "{a: 2, b: 2, c: 2}")).contains("a: there 1, here 2; b: there 1, here 2; c: there 1, here 2");
    assertThat(ConfigDifference.between("{a: 1, b: 1, c: 1, d: 1, e: 1}", "{a: 2, b: 2, c: 2, d: 2, e: 2}")).contains("a: there 1, here 2; b: there 1, here 2; c: there 1, here 2; and more");
  }

  @Test
  void whatIsNoYamlIsAnother() {
    assertThat(ConfigDifference.between(THERE, "name: [")).contains("one of them is not YAML");
    assertThat(ConfigDifference.between(THERE, "")).isPresent();
  }
}
