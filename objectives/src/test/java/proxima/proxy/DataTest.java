package proxima.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.strategy.Seeds;
import proxima.train.Device;
import proxima.train.Schedule;

final class DataTest {

  @Test
  void unicodeNamesAreThoseOfVersion13() {
    Corpus corpus = new Text.UnicodeNames().corpus();
    // 33,698 names of Unicode 13.0 with a line end each; the corpus checks its SHA-256 itself.
    assertThat(corpus.training().length + corpus.validation().length).isEqualTo(902_805);
    assertThat(corpus.vocabulary()).isEqualTo(UnicodeCorpus.VOCABULARY);
    // Shares of lines, not of characters.
    assertThat(corpus.training().length / 902_805.0).isCloseTo(0.95, within(0.002));
  }

  @Test
  void dataAreTheSameOnEveryMachine() {
    Corpus markov = new Text.HiddenMarkov().corpus();
    assertThat(Arrays.hashCode(markov.training())).isEqualTo(MARKOV);
    var teacher = new Teacher(0);
    float[] y = teacher.outputs(teacher.inputs(64, Seeds.random(1)));
    assertThat(Arrays.copyOf(y, 3)).containsExactly(TEACHER, within(1e-6f));
  }

  @Test
  void bayesLossIsTheEntropyBySummingOverAllPaths() {
    var language = new MarkovLanguage(2, 4, 0.5, 2_000, 5);
    Corpus corpus = language.corpus();
    double sum = 0;
    for (int start : corpus.windows(3)) {
      int[] window = Arrays.copyOfRange(corpus.validation(), start, start + 4);
      sum -= Math.log(probability(language, window) / probability(language, Arrays.copyOf(window, 1)));
    }
    assertThat(language.bayesLoss(corpus, 3)).isCloseTo(sum / (Corpus.WINDOWS * 3), within(1e-12));
  }

  /// The exact predictions of another language, which is what the Bayes loss is below in the mean.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void whoPredictsByAnotherLanguageIsAboveTheBayesLoss(long seed) {
    var language = new MarkovLanguage(2, 4, 0.5, 20_000, seed);
    Corpus corpus = language.corpus();
    var other = new MarkovLanguage(2, 4, 0.5, 20_000, seed + 10);
    assertThat(other.bayesLoss(corpus, 16)).isGreaterThan(language.bayesLoss(corpus, 16) + 0.1);
  }

  /// Of a sequence of symbols, as a sum over all sequences of states.
  private static double probability(MarkovLanguage language, int[] symbols) {
    double sum = 0;
    int paths = (int) Math.pow(language.states(), symbols.length);
    for (int path = 0; path < paths; path++) {
      double p = 1;
      int rest = path;
      int before = -1;
      for (int symbol : symbols) {
        int state = rest % language.states();
        rest /= language.states();
        p *= before < 0 ? language.stationary(language.move())[state] : language.move()[before][state];
        p *= language.emit()[state][symbol];
        before = state;
      }
      sum += p;
    }
    return sum;
  }

  @Test
  void windowsCoverTheValidationPart() {
    Corpus corpus = new Text.HiddenMarkov().corpus();
    int[] starts = corpus.windows(64);
    assertThat(starts).hasSize(Corpus.WINDOWS).doesNotHaveDuplicates().startsWith(0).endsWith(corpus.validation().length - 65);
  }

  @Test
  void inputsOfTheTeacherHaveTheirVariances() {
    RandomGenerator random = Seeds.random(3);
    float[] x = new Teacher(0).inputs(4_000, random);
    double[] squares = new double[Teacher.INPUTS];
    double total = 0;
    for (int i = 0; i < x.length; i++) {
      squares[i % Teacher.INPUTS] += x[i] * (double) x[i] / 4_000;
      total += x[i] * (double) x[i] / 4_000;
    }
    // Four standard errors of a variance from 4,000 normals are 9 %.
    assertThat(total).isCloseTo(Teacher.INPUTS, within(0.09 * Teacher.INPUTS));
    assertThat(squares[0] / squares[9]).isCloseTo(10, within(1.3));
  }

  @Test
  void readsAUsersTextByteByByte(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("text");
    Files.writeString(file, "ab\u00e9\n".repeat(1_000), StandardCharsets.UTF_8);
    Corpus corpus = new Text.File(file).corpus();
    assertThat(corpus.vocabulary()).isEqualTo(5);
    assertThat(corpus.training()).hasSize(4_750).startsWith(1, 2, 4, 3, 0);
    assertThat(corpus.validation()).hasSize(250);
  }

  @Test
  void saysWhatIsWrongWithAText(@TempDir Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("text");
    assertThatThrownBy(() -> new Text.File(file).corpus()).hasMessage("text file " + file + " does not exist");
    assertThatThrownBy(() -> new Text.File(folder).corpus()).hasMessage("text file " + folder + " is a directory; give a text file");
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertThatThrownBy(() -> new Text.File(pipe).corpus()).hasMessage("text file " + pipe + " is no regular file; give a text file"));
    Files.writeString(file, "short");
    assertThatThrownBy(() -> new Text.File(file).corpus())
        .hasMessage("text file " + file + " is too short: 5 bytes, at least 2000 are needed");
    Files.writeString(file, "x".repeat(3_000) + "\0");
    assertThatThrownBy(() -> new Text.File(file).corpus())
        .hasMessage("text file " + file + " is binary: byte 3000 is NUL; give a text file");
    Files.writeString(file, "x".repeat(3_000));
    assertThatThrownBy(() -> new Text.File(file).corpus())
        .hasMessage("text file " + file + " is one character repeated; give a text file");
    Files.writeString(file, "xy".repeat(1_500));
    var transformer = new Transformer(2, 16, Activation.GELU, false);
    assertThatThrownBy(() -> new TransformerObjective(transformer, new Text.File(file), 256, Device.CPU, Schedule.DEFAULT, 0))
        .hasMessage("text file " + file + " is too short: a part has 150 tokens, a window of sequence 256 needs 257");
    Files.writeString(file, "xyz".repeat(1_500));
    assertThatThrownBy(() -> new TransformerObjective(transformer, new Text.File(file), 64, Device.CPU, Schedule.DEFAULT, 0))
        .hasMessage("text file " + file + " has 3 symbols, more than the vocabulary of 2");
  }

  private static final int MARKOV = 1_440_742_550;
  private static final float[] TEACHER = {-0.17921664f, 0.61809236f, -0.100800976f};
}
