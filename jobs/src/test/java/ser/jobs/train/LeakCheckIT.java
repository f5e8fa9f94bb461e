package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.spec.Feature;
import ser.jobs.config.NormaliseSettings;
import ser.jobs.config.VariantChoice;
import ser.jobs.error.UserError;
import ser.model.Emotion;
import ser.model.input.InputFit;
import ser.model.input.InputRows;
import ser.model.input.InputSpec;
import ser.model.input.Normalisation;
import ser.model.input.Normalisation.Speaker.Deviation;
import ser.model.split.HeldOut;
import ser.model.split.RecordingSplit;
import ser.model.split.Side;
import ser.model.split.SpeakerFolds;
import ser.model.split.SpeakerSplit;
import ser.model.split.Split;
import ser.model.split.ValidationSpeakers;

/** Twenty leaks are planted, and each is refused by name; a table without any is trained on. */
class LeakCheckIT {
  private static final VariantChoice ALL = new VariantChoice(Optional.empty());
  private static final NormaliseSettings BY_CORPUS =
      new NormaliseSettings(new Normalisation.Corpus(), 0, false);
  private static final NormaliseSettings BY_SPEAKER =
      new NormaliseSettings(new Normalisation.Speaker(30, Deviation.BLENDED), 2, false);
  private static final InputSpec INPUT =
      new InputSpec(
          List.of(List.of(new InputRows(Feature.ZCR, 1, 0))),
          InputFit.untrimmed(2, InputFit.Crop.START, InputFit.Padding.SILENCE),
          80);

  /** Speakers 1 and 2 train, 3 stops, 4 is tested; so are corpora and folds of them. */
  private static final Set<String> TRAINED = Set.of("ravdess-1", "ravdess-2");

  private static final SpeakerSplit SPLIT =
      new SpeakerSplit(TRAINED, Set.of("ravdess-3"), Set.of("ravdess-4"), 1);

  private static final RecordingSplit RANDOM = new RecordingSplit(false, 0.3, 0.2, 5);

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.default.parallelism", 2)
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /**
   * Rows that make a table leak.
   *
   * @param name what is planted
   * @param split that draws the sides
   * @param rows beside those of the clean table
   * @param message what the error names, beside the rows
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Planted(String name, Split split, List<Row> rows, String... message) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Planted> leaksInTheTable() {
    String mine = nameOn(RANDOM, Side.TRAINING);
    String tested = nameOn(RANDOM, Side.TEST);
    SpeakerSplit corpora =
        new SpeakerSplit(
            Set.of("ravdess-1", "ravdess-2", "ravdess-3", "ravdess-4"),
            Set.of(),
            Set.of("copy-1"),
            1,
            new HeldOut.Corpora(List.of("copy")));
    return Stream.of(
        new Planted(
            "1 audio of a test recording under a training speaker's name",
            SPLIT,
            List.of(original("ravdess-1", "x.wav", "4-sad")),
            "the same audio stands in training (as x.wav) and in test (as 4-sad.wav)"),
        new Planted(
            "2 audio of a validation recording in training",
            SPLIT,
            List.of(original("ravdess-2", "x.wav", "3-sad")),
            "in training (as x.wav) and in validation (as 3-sad.wav)"),
        new Planted(
            "3 audio of a test recording in validation",
            SPLIT,
            List.of(original("ravdess-3", "x.wav", "4-sad")),
            "the test would stop the training",
            "in validation (as x.wav) and in test (as 4-sad.wav)"),
        new Planted(
            "4 audio on all three sides",
            SPLIT,
            List.of(
                original("ravdess-3", "x.wav", "4-sad"), original("ravdess-1", "y.wav", "4-sad")),
            "in training (as y.wav) and in validation (as x.wav) and in test (as 4-sad.wav)"),
        new Planted(
            "5 the same audio in the table of another corpus, whose speaker trains",
            new SpeakerSplit(
                Set.of("ravdess-1", "copy-1"), Set.of("ravdess-3"), Set.of("ravdess-4"), 1),
            List.of(row("copy", "copy-1", "4-sad.wav", "sad", "original", "4-sad")),
            "the same audio"),
        new Planted(
            "6 a hash in capitals",
            SPLIT,
            List.of(original("ravdess-1", "x.wav", "4-SAD")),
            "the same audio"),
        new Planted(
            "7 a noisy copy of a test recording under a name of its own",
            SPLIT,
            List.of(row("ravdess", "ravdess-1", "x.wav", "sad", "noise", "4-sad")),
            "a variant (noise) of a held-out recording is trained on"),
        new Planted(
            "8 a noisy copy of a test recording under that recording's name",
            SPLIT,
            List.of(row("ravdess", "ravdess-1", "4-sad.wav", "sad", "noise-2", "other")),
            "a variant (noise-2) of a held-out recording is trained on"),
        new Planted(
            "9 a pitch-shifted copy of a validation recording",
            SPLIT,
            List.of(row("ravdess", "ravdess-2", "x.wav", "sad", "pitch", "3-sad")),
            "a variant (pitch) of a held-out recording is trained on",
            "in validation (as 3-sad.wav)"),
        new Planted(
            "10 a test speaker who trains under a name in capitals",
            new SpeakerSplit(
                Set.of("ravdess-1", "RAVDESS-4"), Set.of("ravdess-3"), Set.of("ravdess-4"), 1),
            List.of(original("RAVDESS-4", "x.wav", "x")),
            "speaker 'RAVDESS-4', also written 'ravdess-4' is heard in training (as x.wav) and in"
                + " test"),
        new Planted(
            "11 a test speaker who trains under a name with a space",
            new SpeakerSplit(
                Set.of("ravdess-1", "ravdess-4 "), Set.of("ravdess-3"), Set.of("ravdess-4"), 1),
            List.of(original("ravdess-4 ", "x.wav", "x")),
            "speaker 'ravdess-4 ', also written 'ravdess-4'"),
        new Planted(
            "12 a validation speaker who is tested in another of Unicode's forms",
            new SpeakerSplit(
                Set.of("ravdess-1"), Set.of("manifest-Zo\u00eb"), Set.of("manifest-Zoe\u0308"), 1),
            List.of(
                original("manifest-Zo\u00eb", "x.wav", "x"),
                original("manifest-Zoe\u0308", "y.wav", "y")),
            "is heard in validation (as x.wav) and in test (as y.wav)"),
        new Planted(
            "13 one recording that its rows give to two speakers",
            SPLIT,
            List.of(original("ravdess-2", "4-sad.wav", "x")),
            "one recording stands in training (as 4-sad.wav) and in test (as 4-sad.wav)"),
        new Planted(
            "14 recordings at random: the same audio under two names",
            RANDOM,
            List.of(original("ravdess-1", mine, "same"), original("ravdess-1", tested, "same")),
            "the same audio",
            mine,
            tested),
        new Planted(
            "15 recordings at random: a variant of a test recording under another name",
            RANDOM,
            List.of(
                row("ravdess", "ravdess-1", mine, "sad", "stretch", "same"),
                original("ravdess-2", tested, "same")),
            "a variant (stretch)"),
        new Planted(
            "16 another corpus tested that holds copies of the first",
            corpora,
            List.of(row("copy", "copy-1", "z.wav", "sad", "original", "1-sad")),
            "(corpora copy)",
            "the same audio stands in training (as 1-sad.wav) and in test (as z.wav)"));
  }

  @ParameterizedTest
  @MethodSource("leaksInTheTable")
  void givenALeakInTheTable_whenTheSidesAreDrawn_thenItIsRefusedByName(Planted leak) {
    SideRows rows = rowsOf(leak.split(), leak.rows());

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> LeakCheck.of(rows, leak.split()))
        .withMessageStartingWith("Cannot train with split " + leak.split().protocol())
        .withMessageNotContaining("\n")
        .satisfies(
            error ->
                assertThat(error.getMessage().toLowerCase(Locale.ROOT))
                    .contains(
                        Stream.of(leak.message())
                            .map(text -> text.toLowerCase(Locale.ROOT))
                            .toList()));
  }

  /**
   * A stage that does not keep to the split.
   *
   * @param used the sides that it takes for those of {@link #SPLIT}
   * @param stage that is caught
   * @param message whose rows it has used
   */
  private record Straying(String name, Split used, String stage, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Straying> stagesThatStray() {
    Set<String> nobody = Set.of("nobody");
    Set<String> three = union(TRAINED, "ravdess-3");
    return Stream.of(
        new Straying(
            "17 a normaliser that is fitted on all rows",
            new SpeakerSplit(union(three, "ravdess-4"), Set.of(), nobody, 1),
            "normaliser",
            "others"),
        new Straying(
            "18 a normaliser that is fitted on validation rows too",
            new SpeakerSplit(three, Set.of(), Set.of("ravdess-4"), 1),
            "normaliser",
            "others"),
        new Straying(
            "19 a normaliser that is fitted on test rows instead",
            new SpeakerSplit(Set.of("ravdess-4"), Set.of("ravdess-3"), TRAINED, 1),
            "normaliser",
            "others"),
        new Straying(
            "20 a training that is stopped by the test rows",
            new SpeakerSplit(TRAINED, Set.of("ravdess-4"), Set.of("ravdess-3"), 1),
            "validation",
            "those of test"),
        new Straying(
            "21 a test of the validation rows as well",
            new SpeakerSplit(TRAINED, Set.of(), Set.of("ravdess-3", "ravdess-4"), 1),
            "validation",
            "others"));
  }

  @ParameterizedTest
  @MethodSource("stagesThatStray")
  void givenAStageThatUsesOtherRows_whenItHasRun_thenItIsRefusedByItsName(Straying stage) {
    SideRows rows = rowsOf(SPLIT, List.of());
    LeakCheck check = LeakCheck.of(rows, SPLIT);
    InputPreparation straying = preparation(rows, stage.used());

    assertThatIllegalStateException()
        .isThrownBy(
            () -> {
              CheckedInputs inputs = CheckedInputs.of(straying, BY_CORPUS, 1, check);
              Stream.of(Side.values()).forEach(inputs::of);
            })
        .withMessageStartingWith("Leak in stage '%s' of split speakers".formatted(stage.stage()))
        .withMessageContaining(stage.message());
  }

  @Test
  void givenStatisticsOfOtherSpeakers_whenTheyAreFitted_thenTheStageIsNamed() {
    SideRows rows = rowsOf(SPLIT, List.of());
    Split swapped = new SpeakerSplit(TRAINED, Set.of("ravdess-4"), Set.of("ravdess-3"), 1);

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                CheckedInputs.of(
                    preparation(rows, swapped), BY_SPEAKER, 1, LeakCheck.of(rows, SPLIT)))
        .withMessageStartingWith("Leak in stage 'speakers_validation'");
  }

  static Stream<Split> splits() {
    List<ser.model.Speaker> speakers =
        IntStream.rangeClosed(1, 4)
            .mapToObj(i -> new ser.model.Speaker("ravdess-" + i, ser.model.Gender.UNKNOWN))
            .toList();
    return Stream.of(
        SPLIT,
        SpeakerFolds.leavingOneOut(speakers, 1).split(2, ValidationSpeakers.drawn()),
        SpeakerFolds.of(speakers, 2, 1).split(1, ValidationSpeakers.named(Set.of())),
        RANDOM,
        new RecordingSplit(true, 0.3, 0.2, 5));
  }

  @ParameterizedTest
  @MethodSource("splits")
  void givenNoLeak_whenEveryStageHasRun_thenEachHasUsedTheRowsOfItsSide(Split split) {
    SideRows rows = rowsOf(split, List.of());
    LeakCheck check = LeakCheck.of(rows, split);

    CheckedInputs inputs = CheckedInputs.of(preparation(rows, split), BY_SPEAKER, 1, check);
    Stream.of(Side.values()).forEach(inputs::of);

    assertThat(check.used())
        .containsOnlyKeys(
            "normaliser",
            "speakers_training",
            "speakers_validation",
            "speakers_test",
            "training",
            "validation",
            "test");
    assertThat(check.used().get("normaliser")).isEqualTo(check.used().get("training"));
    assertThat(check.used().get("test")).isNotEqualTo(check.used().get("training"));
    if (split instanceof SpeakerSplit) {
      assertThat(check.known()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenRecordingsAtRandom_whenTheSidesAreDrawn_thenWhatTheyShareIsKnown(boolean duplicated) {
    RecordingSplit split = new RecordingSplit(duplicated, 0.3, 0.2, 5);

    List<Leak> known = LeakCheck.of(rowsOf(split, List.of()), split).known();

    assertThat(known.get(0).kind()).isEqualTo(Leak.Kind.SPEAKER);
    assertThat(known.get(0).count()).isEqualTo(4);
    if (duplicated) {
      assertThat(known)
          .extracting(Leak::kind)
          .contains(Leak.Kind.AUDIO, Leak.Kind.RECORDING, Leak.Kind.EARLY_STOPPING);
    } else {
      assertThat(known).hasSize(1);
    }
  }

  @Test
  void givenAVariantThatIsNotTrainedOn_whenTheSidesAreDrawn_thenItIsNoLeak() {
    Row noise = row("ravdess", "ravdess-1", "x.wav", "sad", "noise", "4-sad");
    SideRows without =
        new SideRows(
            table(SPLIT, List.of(noise)), new VariantChoice(Optional.of(List.of("pitch"))));

    assertThat(LeakCheck.of(without, SPLIT).known()).isEmpty();
  }

  private static InputPreparation preparation(SideRows rows, Split split) {
    return new InputPreparation(rows, INPUT, 0.01, split, List.of(Emotion.HAPPY, Emotion.SAD));
  }

  private static SideRows rowsOf(Split split, List<Row> more) {
    return new SideRows(table(split, more), ALL);
  }

  /** Each speaker of the split has a happy and a sad recording; and four have variants too. */
  private static Dataset<Row> table(Split split, List<Row> more) {
    List<Row> rows = new ArrayList<>(more);
    Set<String> speakers = new LinkedHashSet<>();
    if (split instanceof SpeakerSplit by) {
      Stream.of(Side.values()).forEach(side -> speakers.addAll(by.speakersOf(side)));
    } else {
      IntStream.rangeClosed(1, 4).forEach(i -> speakers.add("ravdess-" + i));
    }
    speakers.retainAll(Set.of("ravdess-1", "ravdess-2", "ravdess-3", "ravdess-4"));
    for (String speaker : speakers) {
      String number = speaker.substring(speaker.indexOf('-') + 1);
      for (int take = 0; take < 5; take++) {
        String happy = number + "-happy" + take;
        rows.add(row("ravdess", speaker, happy + ".wav", "happy", "original", happy));
        rows.add(row("ravdess", speaker, happy + ".wav", "happy", "noise", happy));
      }
      rows.add(row("ravdess", speaker, number + "-sad.wav", "sad", "original", number + "-sad"));
    }
    return spark.createDataFrame(
        rows,
        StructType.fromDDL(
            "corpus string, speaker string, gender string, intensity string, recording string, emotion string,"
                + " variant string, audio_sha256 string, frames int, zcr array<float>"));
  }

  private static Row original(String speaker, String recording, String hash) {
    return row("ravdess", speaker, recording, "sad", "original", hash);
  }

  private static Row row(
      String corpus,
      String speaker,
      String recording,
      String emotion,
      String variant,
      String hash) {
    float value = recording.hashCode() % 100;
    return RowFactory.create(
        corpus,
        speaker,
        "unknown",
        "",
        recording,
        emotion,
        variant,
        hash,
        2,
        new float[] {value, value + 1});
  }

  private static String nameOn(RecordingSplit split, Side side) {
    return IntStream.range(0, 1000)
        .mapToObj("x%d.wav"::formatted)
        .filter(name -> split.sidesOf("ravdess-1", name).contains(side))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> union(Set<String> some, String other) {
    Set<String> union = new TreeSet<>(some);
    union.add(other);
    return union;
  }
}
