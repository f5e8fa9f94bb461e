package ser.model.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import ser.model.Gender;
import ser.model.Serialised;
import ser.model.Speaker;

class SpeakerSplitTest {
  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenTwentySpeakers_whenSplit_thenFourTestAndTwoValidateAndGendersBalance(long seed) {
    SpeakerSplit split = SpeakerSplit.of(ravdess(20), seed);

    assertThat(split.test()).hasSize(4);
    assertThat(split.validation()).hasSize(2);
    assertThat(split.training()).hasSize(14);
    assertThat(women(split.test())).isEqualTo(2);
    assertThat(women(split.validation())).isEqualTo(1);
    assertThat(split.test()).doesNotContainAnyElementsOf(split.training());
    assertThat(split.validation()).doesNotContainAnyElementsOf(split.training());
    assertThat(split.validation()).doesNotContainAnyElementsOf(split.test());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenRandomSpeakers_whenSplit_thenSizesAreExactAndNobodyIsLostOrTwice(long seed) {
    Random random = new Random(seed);
    List<Speaker> speakers =
        IntStream.range(0, 2 + random.nextInt(60))
            .mapToObj(i -> new Speaker(corpus(random) + "-" + i, gender(random)))
            .toList();

    SpeakerSplit split = SpeakerSplit.of(speakers, seed);

    assertThat(split.test()).hasSize((int) Math.max(1, Math.round(0.2 * speakers.size())));
    assertThat(split.validation())
        .hasSize(speakers.size() == 4 ? 1 : (int) Math.round(0.1 * speakers.size()));
    List<String> all = new ArrayList<>(split.training());
    all.addAll(split.validation());
    all.addAll(split.test());
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(speakers.stream().map(Speaker::id).toList());
    assertThat(split.test()).doesNotContainAnyElementsOf(split.training());
    assertThat(split.validation()).doesNotContainAnyElementsOf(split.training());
    assertThat(split.validation()).doesNotContainAnyElementsOf(split.test());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyOrderAndRepetitions_whenSplit_thenTheSplitIsTheSame(long seed) {
    List<Speaker> shuffled = new ArrayList<>(ravdess(20));
    shuffled.addAll(ravdess(7));
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(SpeakerSplit.of(shuffled, seed)).isEqualTo(SpeakerSplit.of(ravdess(20), seed));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenTwoCorpora_whenSplit_thenBothAreTestedAndGendersBalance(long seed) {
    // 20 + 10 speakers: 6 for the test, by share 2 + 2 of RAVDESS and 1 + 1 of EmoDB.
    List<Speaker> speakers =
        Stream.concat(ravdess(20).stream(), speakers("emodb", 10).stream()).toList();

    SpeakerSplit split = SpeakerSplit.of(speakers, seed);

    assertThat(split.test().stream().filter(id -> id.startsWith("emodb-"))).hasSize(2);
    assertThat(split.test()).hasSize(6);
    assertThat(women(split.test())).isEqualTo(3);
    assertThat(split.validation()).hasSize(3);
    assertThat(women(split.validation())).isBetween(1L, 2L);
    assertThat(split.validation()).anyMatch(id -> id.startsWith("emodb-"));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenOddTest_whenValidationFollows_thenItEvensTheGendersOut(long seed) {
    // 14 speakers: 3 for the test, so one gender gets 2; the one for validation is of the other.
    SpeakerSplit split = SpeakerSplit.of(ravdess(14), seed);

    Set<String> heldOut = new TreeSet<>(split.test());
    heldOut.addAll(split.validation());
    assertThat(heldOut).hasSize(4);
    assertThat(women(heldOut)).isEqualTo(2);
  }

  @Test
  void givenDifferentSeeds_whenSplit_thenDifferentSpeakersAreTested() {
    Set<Set<String>> tests =
        seeds()
            .mapToObj(seed -> SpeakerSplit.of(ravdess(20), seed).test())
            .collect(Collectors.toSet());
    assertThat(tests).hasSizeGreaterThan(40);
    assertThat(tests.stream().flatMap(Set::stream).distinct()).hasSize(20);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 0, 1", "3, 2, 0, 1", "4, 2, 1, 1", "5, 3, 1, 1", "8, 5, 1, 2", "10, 7, 1, 2"})
  void givenFewSpeakers_whenSplit_thenEachSideGetsWhatItCan(
      int speakers, int training, int validation, int test) {
    SpeakerSplit split = SpeakerSplit.of(ravdess(speakers), 7);

    assertThat(split.training()).hasSize(training);
    assertThat(split.validation()).hasSize(validation);
    assertThat(split.test()).hasSize(test);
  }

  @Test
  void givenOneSpeaker_whenSplit_thenErrorNamesTheRemedy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpeakerSplit.of(ravdess(1), 1))
        .withMessage(
            "Cannot split by speaker: the recordings are of 1 speaker(s) [ravdess-01], and training"
                + " and test need at least one each. Add recordings of another speaker.");
  }

  @Test
  void givenSpeakerOfTwoGenders_whenSplit_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SpeakerSplit.of(
                    List.of(new Speaker("a-1", Gender.MALE), new Speaker("a-1", Gender.FEMALE)), 1))
        .withMessageContaining("'a-1' is given as male and as female");
  }

  @Test
  void givenOverlappingSides_whenConstructed_thenErrorNamesTheSpeakers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SpeakerSplit(Set.of("a", "b"), Set.of("c"), Set.of("b", "c", "d"), 1))
        .withMessage("speakers [b, c] stand on two sides of the split");
  }

  @Test
  void givenSplit_whenAskedForSides_thenEverySpeakerHasOneAndStrangersNone() {
    SpeakerSplit split = new SpeakerSplit(Set.of("a"), Set.of("b"), Set.of("c"), 1);

    assertThat(split.sideOf("a")).isEqualTo(Side.TRAINING);
    assertThat(split.sideOf("b")).isEqualTo(Side.VALIDATION);
    assertThat(split.sideOf("c")).isEqualTo(Side.TEST);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> split.sideOf("d"))
        .withMessageContaining("Speaker 'd' is not in the split");
  }

  @Test
  void givenSplit_whenSerialised_thenItIsEqual() {
    SpeakerSplit split = SpeakerSplit.of(ravdess(20), 3);
    assertThat(Serialised.copyOf(split)).isEqualTo(split);
  }

  private static List<Speaker> ravdess(int count) {
    return speakers("ravdess", count);
  }

  private static List<Speaker> speakers(String corpus, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            i ->
                new Speaker(
                    "%s-%02d".formatted(corpus, i), i % 2 == 1 ? Gender.MALE : Gender.FEMALE))
        .toList();
  }

  private static long women(Set<String> ids) {
    return ids.stream()
        .filter(id -> Integer.parseInt(id.substring(id.indexOf('-') + 1)) % 2 == 0)
        .count();
  }

  private static String corpus(Random random) {
    return List.of("ravdess", "emodb", "tess").get(random.nextInt(3));
  }

  private static Gender gender(Random random) {
    return Gender.values()[random.nextInt(3)];
  }
}
