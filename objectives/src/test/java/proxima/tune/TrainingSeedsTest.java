package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingSeedsTest {

  /// Results are published by these.
  @Test
  void seedsAreThoseOfEarlierRuns() {
    TrainingSeeds seeds = new TrainingSeeds(3);
    assertThat(List.of(seeds.search(), seeds.global(99_999), seeds.select(2), seeds.confirm(1), seeds.verify(0), seeds.check(99)))
        .containsExactly(3_000_000L, 3_499_999L, 3_500_002L, 3_600_001L, 3_700_000L, 3_800_099L);
  }

  /// From it the proxies draw teachers and validation data.
  @Test
  void noTrainingHasSeed0() {
    assertThat(new TrainingSeeds(0).search()).isEqualTo((1L << 32) * 1_000_000);
    assertThat(new TrainingSeeds(0).global(5)).isNotEqualTo(new TrainingSeeds(0).search());
  }

  private static List<Long> phases(long seed, int k) {
    TrainingSeeds seeds = new TrainingSeeds(seed);
    return List.of(seeds.search(), seeds.global(k), seeds.select(k), seeds.confirm(k), seeds.verify(k), seeds.check(k));
  }

  /// Each phase's seeds lie in a range of its own, with that of the next run after all of this one.
  @ParameterizedTest(name = "training {0}")
  @ValueSource(ints = {0, 1, 99_999, 100_000, 1_000_000, Integer.MAX_VALUE})
  void noTwoPhasesOrRunsShareASeedHoweverManyTrainingsThereAre(int k) {
    List<Long> ranges = Stream.of(1L, 2L, (long) Integer.MAX_VALUE).flatMap(seed -> phases(seed, k).stream()).map(seed -> seed / 100_000).toList();
    List<Long> first = LongStream.of(1, 2, Integer.MAX_VALUE).boxed().flatMap(seed -> phases(seed, 0).stream()).map(seed -> seed / 100_000).toList();
    assertThat(ranges).doesNotHaveDuplicates().isEqualTo(first);
  }
}
