package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Point;

final class TrialListTest {

  private static TrialResult trial(int number) {
    return new TrialResult(number, Point.of(0.5), new Configuration(Map.of()), true, Assignment.NEW, Optional.empty(), List.of(), OptionalLong.empty());
  }

  @ParameterizedTest(name = "{0} trials")
  @ValueSource(ints = {0, 1, 31, 32, 33, 1023, 1024, 1025, 40_000})
  void isTheListOfWhatWasPutIn(int n) {
    List<TrialResult> expected = new ArrayList<>();
    TrialList list = TrialList.EMPTY;
    for (int i = 0; i < n; i++) {
      expected.add(trial(i));
      list = list.with(trial(i));
    }
    var random = new Random(n);
    for (int i = 0; i < Math.min(n, 100); i++) {
      TrialResult told = trial(random.nextInt(n)).withOutcome(Outcome.of(i));
      expected.set(told.number(), told);
      list = list.with(told);
    }
    assertThat(list).hasSize(n).isEqualTo(expected).hasSameHashCodeAs(expected);
    assertThat(list.stream().toList()).isEqualTo(expected);
  }

  @Test
  void whatWasSeenStays() {
    List<TrialList> seen = new ArrayList<>(List.of(TrialList.EMPTY));
    for (int i = 0; i < 1100; i++) {
      seen.add(seen.getLast().with(trial(i)));
    }
    TrialList told = seen.getLast().with(trial(3).withOutcome(Outcome.of(1)));
    assertThat(told.get(3).isPending()).isFalse();
    for (int n = 0; n < seen.size(); n++) {
      assertThat(seen.get(n)).hasSize(n).allMatch(TrialResult::isPending);
    }
  }

  @Test
  void takesNoTrialPastTheNextAndIsNotWritten() {
    TrialList one = TrialList.EMPTY.with(trial(0));
    assertThatThrownBy(() -> one.with(trial(2))).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> one.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> one.set(0, trial(0))).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> one.add(trial(1))).isInstanceOf(UnsupportedOperationException.class);
  }
}
