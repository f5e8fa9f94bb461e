package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import ser.jobs.config.VariantChoice;
import ser.model.Emotion;
import ser.model.split.RecordingSplit;
import ser.model.split.Side;
import ser.model.split.SpeakerSplit;

/** Which rows, of recordings and of their variants, a side of the split may use. */
class TrainingTableIT {
  private static final VariantChoice ALL = new VariantChoice(Optional.empty());
  private static final VariantChoice NONE = new VariantChoice(Optional.of(List.of()));

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", false).getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void givenVariants_whenASideIsRead_thenOnlyTrainingHasThem() {
    SideRows rows = new SideRows(table(List.of()), ALL);

    assertThat(variants(rows.of(Side.TRAINING)))
        .containsExactly("noise", "noise-2", "original", "pitch");
    assertThat(variants(rows.of(Side.VALIDATION))).containsExactly("original");
    assertThat(variants(rows.of(Side.TEST))).containsExactly("original");
  }

  @Test
  void givenAChoice_whenTrainingIsRead_thenItHasEveryCopyOfTheChosenKinds() {
    assertThat(variants(rows(List.of("noise")).of(Side.TRAINING)))
        .containsExactly("noise", "noise-2", "original");
    assertThat(variants(new SideRows(table(List.of()), NONE).of(Side.TRAINING)))
        .containsExactly("original");
  }

  @Test
  void givenVariants_whenCounted_thenTheyCountForTrainingOnly() {
    SideRows features = new SideRows(table(List.of()), ALL);
    TrainingTable table = TrainingTable.of(features);
    SpeakerSplit split = SpeakerSplit.of(table.speakers(), 20);
    SplitRows rows = SplitRows.of(features, split);
    long trained = split.training().size();

    assertThat(table.labels()).containsExactly(Emotion.HAPPY, Emotion.SAD);
    assertThat(rows.rowsByKind(Side.TRAINING))
        .isEqualTo(Map.of("original", 2 * trained, "noise", 2 * trained, "pitch", trained));
    assertThat(rows.countsOf(Side.TRAINING, table.labels()))
        .containsExactly(3 * trained, 2 * trained);
    assertThat(rows.rowsByKind(Side.TEST)).isEqualTo(Map.of("original", 2L * split.test().size()));
    assertThat(rows.rowsOf(Side.TEST)).isEqualTo(2L * split.test().size());
    assertThat(rows.speakersOf(Side.TEST)).isEqualTo(split.test());
    assertThat(rows.recordings()).isEqualTo(12);
  }

  @Test
  void givenRecordingsDrawnTwice_whenCounted_thenEachCountsTwiceAndVariantsFollowThem() {
    SideRows features = new SideRows(table(List.of()), ALL);
    RecordingSplit split = new RecordingSplit(true, 0.3, 0.2, 5);
    SplitRows rows = SplitRows.of(features, split);

    assertThat(rows.recordings()).isEqualTo(24);
    assertThat(rows.rowsByKind(Side.TEST)).containsOnlyKeys("original");
    assertThat(rows.rowsByKind(Side.TRAINING).get("noise"))
        .isEqualTo(
            2
                * features.recordings().where("emotion = 'happy'").collectAsList().stream()
                    .flatMap(row -> split.sidesOf("", row.<String>getAs("recording")).stream())
                    .filter(Side.TRAINING::equals)
                    .count());
  }

  @Test
  void givenKindsThatTheTableLacks_whenAskedFor_thenTheyAreNamed() {
    VariantChoice choice = choice(List.of("stretch", "noise", "speed"));
    SideRows features = new SideRows(table(List.of()), choice);
    SplitRows rows = SplitRows.of(features, split(features));

    assertThat(rows.missing(choice)).containsExactly("stretch", "speed");
    assertThat(rows.missing(ALL)).isEmpty();
  }

  @Test
  void givenTablesOfTwoCorpora_whenRead_thenEachKnowsItsSpeakers() {
    Row other = row("x.wav", "emodb-03", "angry", "original", "x");

    TrainingTable table = TrainingTable.of(new SideRows(table(List.of(other)), ALL));

    assertThat(table.corpora().keySet()).containsExactly("emodb", "ravdess");
    assertThat(table.corpora().get("emodb")).containsExactly("emodb-03");
    assertThat(table.corpora().get("ravdess")).hasSize(6);
  }

  @Test
  void givenAPlace_whenHashed_thenEveryProcessSaysTheSame() {
    // Known by heart: an enum's own hash would be another one in each process.
    assertThat(new SplitRows.Place(Side.TEST, "a", "sad", "original").hashCode())
        .isEqualTo(31 * java.util.Objects.hash("a", "sad", "original") + 2);
  }

  private static SpeakerSplit split(SideRows features) {
    return SpeakerSplit.of(TrainingTable.of(features).speakers(), 20);
  }

  private static SideRows rows(List<String> kinds) {
    return new SideRows(table(List.of()), choice(kinds));
  }

  private static VariantChoice choice(List<String> kinds) {
    return new VariantChoice(Optional.of(kinds));
  }

  /** Six speakers; each has a sad recording with nothing else, and a happy one with variants. */
  private static Dataset<Row> table(List<Row> more) {
    List<Row> rows = new ArrayList<>(more);
    for (int actor = 1; actor <= 6; actor++) {
      String speaker = "ravdess-%02d".formatted(actor);
      String happy = speaker + "-happy";
      for (String variant : List.of("original", "noise", "noise-2")) {
        rows.add(row(happy + ".wav", speaker, "happy", variant, happy));
      }
      rows.add(row(speaker + "-sad.wav", speaker, "sad", "original", speaker + "-sad"));
      rows.add(row(speaker + "-sad.wav", speaker, "sad", "pitch", speaker + "-sad"));
    }
    return spark.createDataFrame(
        rows,
        StructType.fromDDL(
            "recording string, speaker string, gender string, emotion string, variant string,"
                + " audio_sha256 string, corpus string"));
  }

  private static Row row(
      String recording, String speaker, String emotion, String variant, String hash) {
    String gender = speaker.endsWith("1") || speaker.endsWith("3") ? "male" : "female";
    String corpus = speaker.substring(0, speaker.indexOf('-'));
    return RowFactory.create(recording, speaker, gender, emotion, variant, hash, corpus);
  }

  private static List<String> variants(Dataset<Row> rows) {
    return rows.select("variant").distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
