package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ser.jobs.config.SpeakerChoice;
import ser.jobs.config.SplitProtocol;
import ser.jobs.config.SplitSettings;
import ser.jobs.error.UserError;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;
import ser.model.split.RecordingSplit;
import ser.model.split.Side;
import ser.model.split.SpeakerSplit;
import ser.model.split.Split;
import ser.model.split.ValidationSpeakers;

/** From settings and what a table holds to splits, and what is refused. */
class SplitChoiceTest {
  private static final TrainingTable TABLE = table("ravdess", 10, "emodb", 10);

  @Test
  void givenLeavingOneOut_whenEachFoldIsMade_thenEverybodyIsTestedOnce() {
    List<String> tested =
        IntStream.rangeClosed(1, 20)
            .mapToObj(fold -> split(new SpeakerChoice.Folds(OptionalInt.empty(), one(fold))))
            .flatMap(split -> ((SpeakerSplit) split).test().stream())
            .toList();

    assertThat(tested)
        .containsExactlyElementsOf(TABLE.speakers().stream().map(Speaker::id).toList());
    assertThat(choice(new SpeakerChoice.Folds(OptionalInt.empty(), one(1))).folds()).isEqualTo(20);
    assertThat(choice(new SpeakerChoice.Folds(one(5), one(1))).folds()).isEqualTo(5);
    assertThat(choice(new SpeakerChoice.Drawn()).folds()).isEqualTo(1);
  }

  @Test
  void givenFiveFoldsOfTwoCorpora_whenMade_thenEachTestsBothAndBothGenders() {
    for (int fold = 1; fold <= 5; fold++) {
      SpeakerSplit split = (SpeakerSplit) split(new SpeakerChoice.Folds(one(5), one(fold)));

      assertThat(split.test()).hasSize(4);
      assertThat(split.test().stream().filter(id -> id.startsWith("emodb-"))).hasSize(2);
      assertThat(split.detail()).isEqualTo("fold %d of 5".formatted(fold));
    }
  }

  @Test
  void givenTestCorpora_whenSplit_thenTheOthersTrainAndStop() {
    SpeakerSplit split = (SpeakerSplit) split(new SpeakerChoice.OfCorpora(List.of("emodb")));

    assertThat(split.test()).isEqualTo(TABLE.corpora().get("emodb"));
    assertThat(split.training()).hasSize(9).allMatch(id -> id.startsWith("ravdess-"));
    assertThat(split.validation()).hasSize(1).allMatch(id -> id.startsWith("ravdess-"));
    assertThat(split.detail()).isEqualTo("corpora emodb");
  }

  @Test
  void givenALargeCorpusToTest_whenSplit_thenMostOfTheOthersTrain() {
    SpeakerSplit split =
        (SpeakerSplit)
            new SplitChoice(
                    table("ravdess", 24, "cremad", 91),
                    settings(
                        SplitProtocol.SPEAKERS, new SpeakerChoice.OfCorpora(List.of("cremad"))),
                    4)
                .split();

    assertThat(split.training()).hasSize(21);
    assertThat(split.validation()).hasSize(3);
  }

  @Test
  void givenSomeWhoAreNotNamed_whenSplitBySpeaker_thenOneVoiceMayStandOnTwoSides() {
    TrainingTable mixed = withSpeaker(TABLE, "ravdess-unknown");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                new SplitChoice(
                        mixed, settings(SplitProtocol.SPEAKERS, new SpeakerChoice.Drawn()), 4)
                    .split())
        .withMessageContaining("'ravdess'")
        .withMessageContaining("ravdess-unknown");
    // All of a corpus are one voice to it, which stands on one side.
    TrainingTable apart = withSpeaker(TABLE, "folders-unknown");
    assertThat(
            new SplitChoice(apart, settings(SplitProtocol.SPEAKERS, new SpeakerChoice.Drawn()), 4)
                .split())
        .isInstanceOf(SpeakerSplit.class);
  }

  @Test
  void givenAProtocol_whenSplit_thenItsSharesAreThoseOfTheSettings() {
    Split random =
        new SplitChoice(
                TABLE, settings(SplitProtocol.RANDOM_WITH_DUPLICATES, new SpeakerChoice.Drawn()), 4)
            .split();

    assertThat(random).isEqualTo(new RecordingSplit(true, 0.15, 0.15, 4));
    assertThat(random.detail()).isEqualTo("15% test, 15% validation");
  }

  /** A choice that the table cannot serve. */
  private record Wrong(SpeakerChoice choice, String message) {}

  static Stream<Wrong> wrongChoices() {
    return Stream.of(
        new Wrong(
            new SpeakerChoice.Named(List.of("ravdess-01", "ravdess-99")),
            "no recordings of the test speakers [ravdess-99]"),
        new Wrong(new SpeakerChoice.OfCorpora(List.of("tess")), "the tables have [emodb, ravdess]"),
        new Wrong(
            new SpeakerChoice.OfCorpora(List.of("emodb", "ravdess")),
            "the tables have no other one to train on"),
        new Wrong(new SpeakerChoice.Folds(one(21), one(1)), "Cannot make 21 folds of 20 speakers"),
        new Wrong(new SpeakerChoice.Folds(OptionalInt.empty(), one(21)), "Cannot use fold 21"));
  }

  @ParameterizedTest
  @MethodSource("wrongChoices")
  void givenAChoiceThatTheTableCannotServe_whenSplit_thenItIsTheUsersMistakeInOneLine(Wrong wrong) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> split(wrong.choice()))
        .withMessageContaining(wrong.message())
        .withMessageNotContaining("\n");
  }

  @Test
  void givenAnEmotionWithoutTrainingRecordings_whenChecked_thenItAndTheFoldAreNamed() {
    Split split = split(new SpeakerChoice.Folds(one(5), one(2)));
    SplitRows rows =
        new SplitRows(
            Map.of(
                place(Side.TRAINING, "sad"), 10L,
                place(Side.TEST, "sad"), 3L,
                place(Side.TEST, "bored"), 4L));
    List<Emotion> labels = List.of(Emotion.SAD, Emotion.BORED);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> new ClassesPerSide(rows, labels, split).requireTrained())
        .withMessage(
            "Cannot train with split speakers (fold 2 of 5): its training side has no recording of bored, and 4 stand on the other sides. Leave it out with ser.train.emotions, or choose another split or seed.");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                new ClassesPerSide(
                        rows, labels, split(new SpeakerChoice.OfCorpora(List.of("emodb"))))
                    .requireTrained())
        .withMessageContaining("(corpora emodb)")
        .withMessageEndingWith("with ser.train.emotions = common.");
  }

  @Test
  void givenAnEmotionThatIsNotTested_whenChecked_thenItIsSaidAndAllowed() {
    SplitRows rows =
        new SplitRows(
            Map.of(
                place(Side.TRAINING, "sad"), 10L,
                place(Side.TRAINING, "bored"), 10L,
                place(Side.TEST, "sad"), 3L));
    ClassesPerSide classes =
        new ClassesPerSide(
            rows, List.of(Emotion.SAD, Emotion.BORED), split(new SpeakerChoice.Drawn()));

    classes.requireTrained();
    assertThat(classes.absent(Side.TEST)).containsExactly(Emotion.BORED);
  }

  private static SplitRows.Place place(Side side, String emotion) {
    return new SplitRows.Place(side, "x", emotion, "original");
  }

  private static Split split(SpeakerChoice choice) {
    return choice(choice).split();
  }

  private static SplitChoice choice(SpeakerChoice choice) {
    return new SplitChoice(TABLE, settings(SplitProtocol.SPEAKERS, choice), 4);
  }

  private static SplitSettings settings(SplitProtocol protocol, SpeakerChoice choice) {
    return new SplitSettings(
        protocol, choice, ValidationSpeakers.drawn(), new SplitSettings.RandomShares(0.15, 0.15));
  }

  private static OptionalInt one(int value) {
    return OptionalInt.of(value);
  }

  private static TrainingTable table(String first, int ofFirst, String second, int ofSecond) {
    List<Speaker> speakers =
        Stream.concat(speakers(second, ofSecond), speakers(first, ofFirst)).toList();
    Map<String, Set<String>> corpora = new TreeMap<>();
    speakers.forEach(
        speaker ->
            corpora.computeIfAbsent(speaker.corpus(), key -> new TreeSet<>()).add(speaker.id()));
    return new TrainingTable(speakers, List.of(Emotion.HAPPY, Emotion.SAD), new TreeMap<>(corpora));
  }

  private static TrainingTable withSpeaker(TrainingTable table, String id) {
    Speaker more = new Speaker(id, Gender.UNKNOWN);
    List<Speaker> speakers = Stream.concat(table.speakers().stream(), Stream.of(more)).toList();
    TreeMap<String, Set<String>> corpora = new TreeMap<>();
    speakers.forEach(
        speaker ->
            corpora.computeIfAbsent(speaker.corpus(), key -> new TreeSet<>()).add(speaker.id()));
    return new TrainingTable(speakers, table.labels(), corpora);
  }

  private static Stream<Speaker> speakers(String corpus, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            i ->
                new Speaker(
                    "%s-%02d".formatted(corpus, i), i % 2 == 1 ? Gender.MALE : Gender.FEMALE));
  }
}
