package ser.model.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ser.model.Gender;
import ser.model.Speaker;

class SpeakerFoldsTest {
  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenTwentySpeakers_whenDealtIntoFiveFolds_thenEachTestsTwoWomenAndTwoMen(long seed) {
    SpeakerFolds folds = SpeakerFolds.of(ravdess(20), 5, seed);

    assertThat(folds.count()).isEqualTo(5);
    for (SpeakerSplit split : folds.splits(ValidationSpeakers.drawn())) {
      assertThat(split.test()).hasSize(4);
      assertThat(split.test().stream().filter(SpeakerFoldsTest::isWoman)).hasSize(2);
      assertThat(split.validation()).hasSize(2);
      assertThat(split.validation().stream().filter(SpeakerFoldsTest::isWoman)).hasSize(1);
      assertThat(split.training()).hasSize(14);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenRandomSpeakers_whenDealt_thenEverybodyIsTestedOnceAndGroupsAreEven(long seed) {
    Random random = new Random(seed);
    List<Speaker> speakers =
        IntStream.range(0, 2 + random.nextInt(60))
            .mapToObj(
                i ->
                    new Speaker(
                        List.of("ravdess", "emodb", "tess").get(random.nextInt(3)) + "-" + i,
                        Gender.values()[random.nextInt(3)]))
            .toList();
    int count = 2 + random.nextInt(Math.min(speakers.size(), 10) - 1);

    SpeakerFolds folds = SpeakerFolds.of(speakers, count, seed);

    assertThat(folds.parts().stream().flatMap(Collection::stream))
        .containsExactlyInAnyOrderElementsOf(speakers.stream().map(Speaker::id).toList());
    requireEven(folds, speakers, speaker -> "all");
    requireEven(folds, speakers, Speaker::gender);
    requireEven(folds, speakers, speaker -> speaker.corpus() + speaker.gender());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyOrder_whenDealt_thenTheFoldsAreTheSame(long seed) {
    List<Speaker> shuffled = new ArrayList<>(ravdess(20));
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(SpeakerFolds.of(shuffled, 5, seed)).isEqualTo(SpeakerFolds.of(ravdess(20), 5, seed));
  }

  @Test
  void givenOtherSeeds_whenDealt_thenOthersAreTestedTogether() {
    Set<Set<String>> first =
        seeds()
            .mapToObj(seed -> SpeakerFolds.of(ravdess(20), 5, seed).parts().get(0))
            .collect(Collectors.toSet());

    assertThat(first).hasSizeGreaterThan(40);
  }

  @Test
  void givenTenSpeakers_whenOneIsLeftOut_thenTheFoldsAreTheirNamesInOrder() {
    List<SpeakerSplit> splits =
        SpeakerFolds.leavingOneOut(ravdess(10), 3).splits(ValidationSpeakers.drawn());

    assertThat(splits).hasSize(10);
    assertThat(splits.get(6).test()).containsExactly("ravdess-07");
    assertThat(splits.get(6).validation()).hasSize(1).doesNotContain("ravdess-07");
    assertThat(splits.get(6).training()).hasSize(8);
    assertThat(splits.get(6).detail()).isEqualTo("fold 7 of 10");
    assertThat(splits.get(6).protocol()).isEqualTo("speakers");
  }

  @Test
  void givenNobodyToStopTheTraining_whenSplit_thenEverybodyElseTrains() {
    SpeakerSplit split =
        SpeakerFolds.of(ravdess(10), 5, 1).split(2, ValidationSpeakers.named(Set.of()));

    assertThat(split.validation()).isEmpty();
    assertThat(split.training()).hasSize(8);
  }

  @Test
  void givenFewSpeakers_whenOneIsLeftOut_thenOneValidatesWhereTwoAreLeftToTrain() {
    SpeakerSplit ofFour =
        SpeakerFolds.leavingOneOut(ravdess(4), 1).split(1, ValidationSpeakers.drawn());
    SpeakerSplit ofThree =
        SpeakerFolds.leavingOneOut(ravdess(3), 1).split(1, ValidationSpeakers.drawn());

    assertThat(ofFour.validation()).hasSize(1).doesNotContain("ravdess-01");
    assertThat(ofFour.training()).hasSize(2);
    assertThat(ofThree.validation()).isEmpty();
    assertThat(ofThree.training()).hasSize(2);
  }

  @Test
  void givenAValidationSpeakerWhoIsTested_whenSplit_thenItIsCalledALeak() {
    SpeakerFolds folds = SpeakerFolds.leavingOneOut(ravdess(4), 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> folds.split(3, ValidationSpeakers.named(Set.of("ravdess-03"))))
        .withMessageContaining("[ravdess-03] would both stop the training and be tested")
        .withMessageContaining("fold 3 of 4");
  }

  @Test
  void givenTooManyFolds_whenDealt_thenTheKeyAndItsRangeAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpeakerFolds.of(ravdess(4), 5, 1))
        .withMessage(
            "Cannot make 5 folds of 4 speakers: give ser.train.folds a number from 2 to 4.");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SpeakerFolds.leavingOneOut(ravdess(4), 1).split(5, ValidationSpeakers.drawn()))
        .withMessageContaining("Cannot use fold 5: there are 4")
        .withMessageContaining("ser.train.fold");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpeakerFolds.leavingOneOut(ravdess(1), 1))
        .withMessageContaining("Add recordings of another speaker.");
  }

  @Test
  void givenNames_whenHeldOut_thenTheyAreTestedAndStrangersAreNamed() {
    Set<String> test = Set.of("ravdess-02", "ravdess-05");
    SpeakerSplit split =
        SpeakerSplit.holdingOut(
            ravdess(6),
            test,
            ValidationSpeakers.named(Set.of("ravdess-01")),
            new HeldOut.Named(),
            9);

    assertThat(split.test()).isEqualTo(test);
    assertThat(split.validation()).containsExactly("ravdess-01");
    assertThat(split.training()).containsExactly("ravdess-03", "ravdess-04", "ravdess-06");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SpeakerSplit.holdingOut(
                    ravdess(3),
                    Set.of("ravdess-02", "ravdess-2"),
                    ValidationSpeakers.drawn(),
                    new HeldOut.Named(),
                    9))
        .withMessage(
            "Cannot split by speaker: there are no recordings of the test speakers [ravdess-2]. The"
                + " tables have ravdess-01, ravdess-02, ravdess-03.");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SpeakerSplit.holdingOut(
                    ravdess(2),
                    Set.of("ravdess-01", "ravdess-02"),
                    ValidationSpeakers.drawn(),
                    new HeldOut.Named(),
                    9))
        .withMessageContaining("nobody is left to train on");
  }

  private static void requireEven(
      SpeakerFolds folds, List<Speaker> speakers, Function<Speaker, Object> groupOf) {
    for (Object group : speakers.stream().map(groupOf).distinct().toList()) {
      List<Long> counts =
          folds.parts().stream()
              .map(
                  part ->
                      speakers.stream()
                          .filter(speaker -> groupOf.apply(speaker).equals(group))
                          .filter(speaker -> part.contains(speaker.id()))
                          .count())
              .toList();
      assertThat(Collections.max(counts) - Collections.min(counts))
          .as("most and fewest of %s in %s", group, counts)
          .isLessThanOrEqualTo(1);
    }
  }

  private static List<Speaker> ravdess(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            i -> new Speaker("ravdess-%02d".formatted(i), i % 2 == 1 ? Gender.MALE : Gender.FEMALE))
        .toList();
  }

  private static boolean isWoman(String id) {
    return Integer.parseInt(id.substring(id.indexOf('-') + 1)) % 2 == 0;
  }
}
