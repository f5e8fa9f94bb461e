package ser.jobs.extract.report;

import static org.assertj.core.api.Assertions.assertThat;
import static ser.jobs.extract.report.Rows.feature;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FeatureCountsTest {
  private static final List<Row> ROWS =
      List.of(
          feature("b.wav", "ravdess-01", "male", "sad", "original"),
          feature("b.wav", "ravdess-01", "male", "sad", "noise"),
          feature("a.wav", "ravdess-02", "female", "sad", "original"),
          feature("c.wav", "ravdess-02", "female", "angry", "original"));

  @Test
  void givenRowsWithCopies_whenCounted_thenCopiesAreRowsAndNoRecordings() {
    FeatureCounts counts = counted(ROWS);

    assertThat(counts.rows()).isEqualTo(4);
    assertThat(counts.recordings()).isEqualTo(3);
    assertThat(counts.variants()).isEqualTo(Map.of("original", 3L, "noise", 1L));
    assertThat(counts.genders()).isEqualTo(Map.of("male", 1L, "female", 2L));
    assertThat(counts.rates()).isEqualTo(Map.of(48_000, 3L));
    assertThat(counts.corpora()).isEqualTo(Map.of("ravdess", 3L));
    assertThat(counts.seconds()).isEqualTo(10.5);
    assertThat(counts.emotions().get("sad").first()).isEqualTo("a.wav");
    assertThat(counts.emotions().get("sad").lengths().recordings()).isEqualTo(2);
    assertThat(counts.speakers().get("ravdess-02"))
        .isEqualTo(new FeatureCounts.Speaker("female", 2));
  }

  @Test
  void givenRowsInTwoParts_whenAdded_thenTheyEqualTheWholeInAnyOrder() {
    FeatureCounts sum =
        counted(ROWS.subList(2, 4))
            .plusAll(new FeatureCounts())
            .plusAll(counted(ROWS.subList(0, 2)));
    FeatureCounts whole = counted(ROWS);

    assertThat(sum.variants()).isEqualTo(whole.variants());
    assertThat(sum.speakers()).isEqualTo(whole.speakers());
    assertThat(sum.emotions().get("sad").first()).isEqualTo("a.wav");
    assertThat(sum.emotions().get("sad").lengths().recordings()).isEqualTo(2);
    assertThat(sum.seconds()).isEqualTo(whole.seconds());
  }

  @Test
  void givenMoreSpeakersThanAreToldApart_whenCounted_thenItSaysSoAndKeepsNone() {
    FeatureCounts counts = new FeatureCounts();
    for (int i = 0; i <= FeatureCounts.MOST_SPEAKERS; i++) {
      counts.plus(feature(i + ".wav", "speaker-" + i, "unknown", "sad", "original"));
    }

    assertThat(counts.moreSpeakers()).isTrue();
    assertThat(counts.speakers()).isEmpty();
    assertThat(counts.recordings()).isEqualTo(FeatureCounts.MOST_SPEAKERS + 1L);
    assertThat(new CorpusCharts(counts).sections()).hasSize(2);
  }

  @Test
  void givenNoRows_whenShown_thenThereAreNoCharts() {
    assertThat(new CorpusCharts(new FeatureCounts()).sections()).isEmpty();
  }

  private static FeatureCounts counted(List<Row> rows) {
    FeatureCounts counts = new FeatureCounts();
    rows.forEach(counts::plus);
    return counts;
  }
}
