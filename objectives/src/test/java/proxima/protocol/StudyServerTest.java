package proxima.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxima.gp.Threads;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.strategy.RandomStrategy;
import proxima.study.Decision;
import proxima.study.Journal;
import proxima.study.JournalException;
import proxima.study.MemoryJournal;
import proxima.study.Promotion;
import proxima.study.Study;
import proxima.study.StudyEvent;

class StudyServerTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(Parameter.real("x", 0, 1), Parameter.categorical("größe", "klein", "groß"), Parameter.integer("k", 1, 4).when("größe", "groß"));

  private Study study = Study.of(SPACE, new RandomStrategy(), 1);
  private StudyServer server = new StudyServer(study, "proxima", "random", new Threads(1));

  @BeforeEach
  void twoTrialsAreAskedFor() {
    reply("{'request':'ask'}");
    reply("{'request':'ask'}");
  }

  private String reply(String request) {
    return server.reply(request.replace('\'', '"')).toString().replace('"', '\'');
  }

  private Outcome outcome(int trial) {
    return study.trials().get(trial).outcome().orElseThrow();
  }

  @Test
  void aReportIsAnsweredByADecisionAndAStoppedTrialIsToldAsSuch() {
    study = Study.open(new MemoryJournal(), "s", SPACE, new RandomStrategy(), (_, step, _) -> step >= 20 ? Decision.STOP : Decision.CONTINUE, "random", 1);
    server = new StudyServer(study, "proxima", "random", new Threads(1));
    reply("{'request':'ask'}");
    assertThat(reply("{'request':'tell','trial':0,'stopped':true}")).contains("'error':", "trial 0 of study 's' has no report");
    assertThat(reply("{'request':'report','trial':0,'step':10,'loss':2}")).isEqualTo("{'trial':0,'step':10,'decision':'continue'}");
    assertThat(reply("{'request':'report','trial':0,'step':20,'loss':1.5}")).isEqualTo("{'trial':0,'step':20,'decision':'stop'}");
    assertThat(reply("{'request':'tell','trial':0,'stopped':false}")).contains("'error':", "'stopped' of tell is true");
    assertThat(reply("{'request':'tell','trial':0,'stopped':7}")).contains("'error':", "must be true or false, got 7");
    assertThat(reply("{'request':'tell','configuration':{},'stopped':true}")).contains("'error':", "and of a 'trial'");
    for (int again = 0; again < 2; again++) {
      assertThat(reply("{'request':'tell','trial':0,'stopped':true}")).isEqualTo("{'trial':0,'outcome':'stopped'}");
    }
    assertThat(outcome(0)).isEqualTo(new Outcome.Stopped(20, 1.5, List.of()));
    assertThat(reply("{'request':'best'}")).isEqualTo("{'best':null}");
  }

  /// As a comparison on several workers greets an optimizer.
  @Test
  void howManyAskAtOnceIsReadOver() {
    assertThat(reply("{'request':'space','seed':1,'workers':8}")).isEqualTo(reply("{'request':'space'}")).startsWith("{'server':'proxima'");
  }

  @Test
  void aTrialThatIsToTrainForLessSaysHowLong() {
    study = Study.open(new MemoryJournal(), "s", SPACE, new RandomStrategy(), new Promotion(2, 2, 4), "random", 1);
    server = new StudyServer(study, "proxima", "random", new Threads(1));
    String first = reply("{'request':'ask'}");
    assertThat(first).startsWith("{'trial':0,'configuration':{").endsWith("},'steps':2}");
    assertThat(reply("{'request':'space'}")).contains("'pending':[" + first + "]");
    for (int again = 0; again < 2; again++) {
      assertThat(reply("{'request':'tell','trial':0,'loss':2}")).as("as it is recorded").isEqualTo("{'trial':0,'outcome':'stopped'}");
    }
    reply("{'request':'ask'}");
    reply("{'request':'tell','trial':1,'loss':3}");
    assertThat(reply("{'request':'ask'}")).isEqualTo(first.replace("'trial':0", "'trial':2").replace("'steps':2", "'steps':4"));
    assertThat(reply("{'request':'best'}")).isEqualTo("{'best':null}");
    assertThat(reply("{'request':'tell','trial':2,'loss':1}")).isEqualTo("{'trial':2,'outcome':'finished'}");
    assertThat(reply("{'request':'best'}")).contains("'trial':2");
    assertThat(reply("{'request':'recommend'}")).as("the whole training of its point").contains("'recommended':{'trial':2,").endsWith("'loss':1.0,'mean':null}}");
  }

  @Test
  void aReportThatIsNotFiniteIsAnsweredByStopAndTheTrialHasDiverged() {
    assertThat(reply("{'request':'report','trial':0,'step':10,'loss':NaN}")).isEqualTo("{'trial':0,'step':10,'decision':'stop'}");
    assertThat(reply("{'request':'tell','trial':0,'stopped':true}")).isEqualTo("{'trial':0,'outcome':'diverged'}");
  }

  @ParameterizedTest(name = "{0} is {1} at step {2}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      'loss':NaN           | diverged | 0
      'loss':-Infinity     | diverged | 0
      'loss':1e999         | diverged | 0
      'loss':'NaN'         | diverged | 0
      'loss':null          | diverged | 0
      'diverged':true      | diverged | 0
      'diverged':120       | diverged | 120
      'diverged':1.2e2     | diverged | 120
      'loss':NaN,'standardError':NaN    | diverged | 0
      'loss':null,'standardError':null  | diverged | 0
      """)
  void whatDivergedIsToldInManyWays(String told, String outcome, long step) {
    assertThat(reply("{'request':'tell','trial':0," + told + "}")).isEqualTo("{'trial':0,'outcome':'" + outcome + "'}");
    assertThat(outcome(0)).isEqualTo(new Outcome.Diverged(step));
  }

  @Test
  void trialsAreToldInAnyOrderAndTheLowestLossIsTheBest() {
    assertThat(reply("{'request':'best'}")).isEqualTo("{'best':null}");
    assertThat(reply("{'request':'tell','trial':1,'loss':2}")).isEqualTo("{'trial':1,'outcome':'finished'}");
    assertThat(reply("{'request':'tell','trial':0,'failed':'lost'}")).isEqualTo("{'trial':0,'outcome':'failed'}");
    assertThat(reply("{'request':'tell','configuration':{'x':1,'größe':'groß','k':2.0},'loss':1.5}")).isEqualTo("{'trial':2,'outcome':'finished'}");
    assertThat(reply("{'request':'best'}")).isEqualTo("{'best':{'trial':2,'configuration':{'x':1.0,'größe':'groß','k':2},'loss':1.5}}");
    assertThat(outcome(0)).isEqualTo(new Outcome.Failed("lost"));
    reply("{'request':'ask'}");
    reply("{'request':'tell','trial':3,'failed':''}");
    assertThat(reply("{'request':'tell','trial':3,'loss':1}")).contains("was told failed, and cannot be told loss 1.0;");
  }

  @Test
  void theSameOutcomeToldAgainChangesNothing() {
    String once = reply("{'request':'tell','trial':1,'loss':2}");
    assertThat(reply("{'request':'tell','trial':1,'loss':2}")).isEqualTo(once);
    assertThat(reply("{'request':'tell','trial':1,'loss':3}")).startsWith("{'error':'trial 1 of study 'study' was told ");
    assertThat(outcome(1)).isEqualTo(Outcome.of(2));
  }

  @Test
  void aLossMayBeToldWithItsStandardError() {
    for (int again = 0; again < 2; again++) {
      assertThat(reply("{'request':'tell','trial':0,'loss':1.5,'standardError':0.25}")).isEqualTo("{'trial':0,'outcome':'finished'}");
    }
    assertThat(outcome(0)).isEqualTo(new Outcome.Finished(1.5, 0.25, List.of()));
    assertThat(reply("{'request':'tell','trial':0,'loss':1.5}")).contains("was told loss 1.5 with standard error 0.25, and cannot be told loss 1.5;");
    assertThat(reply("{'request':'tell','trial':1,'loss':2,'standardError':0}")).isEqualTo("{'trial':1,'outcome':'finished'}");
    assertThat(outcome(1)).isEqualTo(Outcome.of(2));
    reply("{'request':'tell','configuration':{'x':1,'größe':'klein'},'standardError':1e-3,'loss':3}");
    assertThat(outcome(2)).isEqualTo(new Outcome.Finished(3, 1e-3, List.of()));
  }

  /// So that a request may be repeated whose reply was lost.
  @Test
  void aConfigurationToldTheSameAgainIsKnown() {
    String told = "{'request':'tell','configuration':{'x':1,'größe':'klein'},'loss':0.9}";
    assertThat(reply(told)).isEqualTo("{'trial':2,'outcome':'finished'}");
    assertThat(reply(told)).isEqualTo("{'trial':2,'outcome':'finished','known':true}");
    assertThat(reply(told.replace("0.9", "0.8"))).isEqualTo("{'trial':3,'outcome':'finished'}");
    assertThat(study.trials()).hasSize(4);
  }

  @Test
  void whatIsRecommendedIsNotTheLuckyTrial() {
    assertThat(reply("{'request':'recommend'}")).isEqualTo("{'recommended':null}");
    // Five trainings at each of five points; the last one at 1 is lucky.
    for (double x : List.of(0.0, 0.25, 0.5, 0.75, 1.0)) {
      for (int i = 0; i < 5; i++) {
        double loss = x == 1 && i == 4 ? 0.3 : 0.5 + 4 * Math.abs(x - 0.25) + 0.05 * Math.sin(40 * i);
        reply("{'request':'tell','configuration':{'x':" + x + ",'größe':'klein'},'loss':" + loss + "}");
      }
    }
    assertThat(reply("{'request':'best'}")).startsWith("{'best':{'trial':26,");
    String recommended = reply("{'request':'recommend'}");
    assertThat(recommended).matches("\\{'recommended':\\{'trial':7,'configuration':\\{'x':0\\.25,'größe':'klein'},'loss':0\\.[45]\\d*,'mean':0\\.[45]\\d*}}");
    assertThat(reply("{'request':'recommend'}")).isEqualTo(recommended);
    reply("{'request':'report','trial':0,'step':1,'loss':2}");
    reply("{'request':'tell','trial':0,'stopped':true}");
    assertThat(reply("{'request':'recommend'}")).as("of losses at several steps the model knows places alone").endsWith(",'mean':null}}");
  }

  @Test
  void reportsMayBeNanAndAreKept() {
    assertThat(reply("{'request':'report','trial':0,'step':10,'loss':2.5}")).isEqualTo("{'trial':0,'step':10,'decision':'continue'}");
    assertThat(reply("{'request':'report','trial':0,'step':20,'loss':NaN}")).isEqualTo("{'trial':0,'step':20,'decision':'stop'}");
    assertThat(study.trials().getFirst().reports()).containsExactly(new Outcome.CurvePoint(10, 2.5), new Outcome.CurvePoint(20, Double.NaN));
  }

  @Test
  void theSpaceIsToldWithWhatIsPending() {
    reply("{'request':'tell','trial':0,'loss':2}");
    String pending = reply("{'request':'space'}");
    assertThat(pending).startsWith("{'server':'proxima','strategy':'random','seed':1,'trials':2,'pending':[{'trial':1,'configuration':{'x':").contains("'space':[{'name':'x',");
    String space = pending.substring(pending.indexOf("'space':"), pending.length() - 1);
    assertThat(reply("{'request':'space'," + space + ",'seed':1}")).isEqualTo(pending);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      nonsense                                                  | a request is one JSON object on one line; at column 1: Unrecognized token
      {'request':'ask'                                          | a request is one JSON object on one line; at column 17: Unexpected end-of-input
      {'request':'ask'} {'request':'ask'}                       | a request is one JSON object on one line; at column 19: something follows the end
      {'request':'ask','request':'best'}                        | a request is one JSON object on one line; at column 27: Duplicate field 'request'
      [1]                                                       | a request is an object whose field 'request' is one of space, ask, tell, report, best, recommend
      {'ask':{}}                                                | a request is an object whose field 'request' is one of space, ask, tell, report, best, recommend
      {'request':'aks'}                                         | there is no request 'aks'; did you mean 'ask'?; there are space, ask, tell, report, best, recommend
      {'request':'ask','trial':1}                               | ask has no field 'trial'; it has none
      {'request':'tell','trial':0,'los':1}                      | tell has no field 'los'; did you mean 'loss'?; it has trial, configuration, loss, standardError, stopped, diverged, failed
      {'request':'tell','trial':0}                              | tell needs exactly one of loss, stopped, diverged, failed, got
      {'request':'tell','trial':0,'loss':1,'diverged':2}        | tell needs exactly one of loss, stopped, diverged, failed, got
      {'request':'tell','loss':1}                               | tell needs either 'trial' or 'configuration', got
      {'request':'tell','trial':0,'loss':'low'}                 | 'loss' of tell needs a number, got 'low'
      {'request':'tell','trial':0,'loss':1,'standardError':-0.5}         | a standard error is finite and 0 or more, got -0.5; leave it out where it is not known
      {'request':'tell','trial':0,'loss':1,'standardError':NaN}          | a standard error is finite and 0 or more, got NaN; leave it out where it is not known
      {'request':'tell','trial':0,'loss':1,'standardError':'low'}        | 'standardError' of tell needs a number, got 'low'
      {'request':'tell','trial':0,'loss':1,'standardError':null}         | 'standardError' of tell needs a number, got null
      {'request':'tell','trial':0,'diverged':true,'standardError':1}     | 'standardError' of tell is that of a 'loss', and does not go with 'diverged'; leave it out
      {'request':'tell','trial':0,'failed':'lost','standardError':1}     | 'standardError' of tell is that of a 'loss', and does not go with 'failed'; leave it out
      {'request':'tell','trial':0,'stopped':true,'standardError':1}      | 'standardError' of tell is that of a 'loss', and does not go with 'stopped'; leave it out
      {'request':'tell','trial':0,'standardError':1}            | tell needs exactly one of loss, stopped, diverged, failed, got
      {'request':'report','trial':0,'step':1,'loss':1,'standardError':1}  | report has no field 'standardError'
      {'request':'tell','trial':0,'diverged':false}             | 'diverged' of tell must be true or a step, got false
      {'request':'tell','trial':0,'diverged':-1}                | a trial diverges at a step >= 0, got -1
      {'request':'tell','trial':0,'failed':3}                   | 'failed' of tell must be a text, got 3
      {'request':'tell','trial':2,'loss':1}                     | study 'study' has no trial 2; it has trials 0 to 1
      {'request':'tell','trial':0.5,'loss':1}                   | 'trial' of tell must be a whole number, got 0.5
      {'request':'tell','trial':1e10,'loss':1}                  | 'trial' of tell must be a whole number below 2^31, got 1.0E10
      {'request':'tell','configuration':{'x':2,'größe':'klein'},'loss':1}          | parameter 'x' takes a real number in [0.0, 1.0], got 2.0
      {'request':'tell','configuration':{'x':'0.5','größe':'klein'},'loss':1}      | parameter 'x' takes a number, got the text '0.5'
      {'request':'tell','configuration':{'x':1,'größe':'klein','z':1},'loss':1}    | there is no parameter 'z'; there are [x, größe, k]
      {'request':'tell','configuration':{'x':1},'loss':1}                          | no value for parameter 'größe'
      {'request':'tell','configuration':{'x':1,'größe':'klein','k':1},'loss':1}    | parameter 'k' is not active in this space
      {'request':'tell','configuration':{'x':1,'größe':'groß','k':1.5},'loss':1}   | parameter 'k' takes a whole number in [1, 4], got 1.5
      {'request':'tell','configuration':[1],'loss':1}                              | a configuration is an object of values, got [1]
      {'request':'report','trial':0,'step':1}                   | 'loss' of report needs a number, got nothing
      {'request':'report','trial':0,'loss':1}                   | report needs the field 'step', got
      {'request':'report','trial':0,'step':-1,'loss':1}         | a report's step is >= 0, got -1
      {'request':'report','trial':9,'step':1,'loss':1}          | study 'study' has no trial 9; it has trials 0 to 1
      {'request':'space','seed':2}                              | this study has seed 1, got 2; start a study with that seed
      {'request':'space','space':[{'name':'x','type':'real','low':0,'high':2}]}    | this study is of another space; leave 'space' out to see it
      {'request':'space','space':[{'name':'x','type':'real','low':0}]}             | parameter 'x' needs the field 'high', got
      """)
  void whatCannotBeDoneIsOneLineAndChangesNothing(String request, String error) {
    String before = reply("{'request':'space'}");
    String reply = reply(request);
    assertThat(reply).startsWith("{'error':'").doesNotContain("\\n");
    assertThat(reply.replace("\\", "")).contains(error);
    assertThat(reply("{'request':'space'}")).isEqualTo(before);
  }

  @Test
  void aJournalThatCannotBeWrittenIsAnAnswerAndTheSessionGoesOn() {
    MemoryJournal memory = new MemoryJournal();
    boolean[] full = {false};
    Journal journal = new Journal() {
      @Override
      public List<StudyEvent> read(String name, int from) {
        return memory.read(name, from);
      }

      @Override
      public boolean append(String name, int expected, StudyEvent event) {
        if (full[0]) {
          throw new JournalException("the disk is full; free space and go on");
        }
        return memory.append(name, expected, event);
      }
    };
    study = Study.open(journal, "study", SPACE, new RandomStrategy(), "random", 1);
    server = new StudyServer(study, "proxima", "random", new Threads(1));
    full[0] = true;
    assertThat(reply("{'request':'ask'}")).isEqualTo("{'error':'the disk is full; free space and go on'}");
    full[0] = false;
    assertThat(reply("{'request':'ask'}")).startsWith("{'trial':0,");
  }

  @Test
  void eachLineHasOneReplyInUtf8AndBlankOnesHaveNone() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String requests = "{\"request\":\"ask\"}\r\n\n  \n{\"request\":\"wähle\"}\n{\"request\":\"ask\"}";
    server.serve(new ByteArrayInputStream(requests.getBytes(StandardCharsets.UTF_8)), out);
    String replies = out.toString(StandardCharsets.UTF_8);
    assertThat(replies).endsWith("}\n");
    assertThat(replies.lines()).hasSize(3).satisfiesExactly(
        first -> assertThat(first).startsWith("{\"trial\":2,\"configuration\":").contains("\"größe\":"),
        second -> assertThat(second).startsWith("{\"error\":\"there is no request 'wähle'"),
        third -> assertThat(third).startsWith("{\"trial\":3,"));
  }

  /// A line of 1 GB of which no more is there than is read of it.
  @Test
  void aRequestWithoutAnEndIsRefusedAndTheNextOneAnswered() throws IOException {
    byte[] ask = "{\"request\":\"best\"}\n".getBytes(StandardCharsets.UTF_8);
    InputStream requests = new SequenceInputStream(new Repeated('x', 1 << 30), new ByteArrayInputStream(("\n" + new String(ask, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)));
    var out = new ByteArrayOutputStream();
    server.serve(requests, out);
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("{\"error\":\"a request is longer than the 1048576 characters that a line may have\"}", "{\"best\":null}");
  }

  /// A byte as often as is said.
  private static final class Repeated extends InputStream {
    private final int value;
    private long left;

    Repeated(int value, long left) {
      this.value = value;
      this.left = left;
    }

    @Override
    public int read() {
      return left-- > 0 ? value : -1;
    }

    @Override
    public int read(byte[] into, int from, int count) {
      int n = (int) Math.min(left, count);
      Arrays.fill(into, from, from + n, (byte) value);
      left -= n;
      return n > 0 ? n : -1;
    }
  }

  @Test
  void anErrorIsOneShortLineWhateverItQuotes() {
    String nested = "[".repeat(2000);
    assertThat(server.reply(nested).get("error").asText()).startsWith("a request is one JSON object on one line; ").contains("nesting depth");
    String error = server.reply("{\"request\":\"a\\nb" + "c".repeat(100_000) + "\"}").get("error").asText();
    assertThat(error).hasSize(2000).startsWith("there is no request 'a bcc").endsWith("there are space, ask, tell, report, best, recommend");
  }
}
