package ser.jobs.score.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;
import ser.model.Emotion;
import ser.model.drift.Heard;
import ser.model.drift.InputLevels;

/** What tasks have heard adds up to what one task would have heard. */
class HeardSumsTest {
  @Test
  void givenTwoTasks_whenTheirRowsAreAdded_thenTheSumIsThatOfOneTask() {
    HeardSums whole = new HeardSums(2);
    HeardSums first = new HeardSums(2);
    HeardSums second = new HeardSums(2);
    for (HeardSums one : new HeardSums[] {whole, first}) {
      one.read(8_000);
      one.add(new InputLevels(2, new double[] {10, 20}));
      one.scored(0.5);
    }
    for (HeardSums other : new HeardSums[] {whole, second}) {
      other.read(8_000);
      other.add(new InputLevels(3, new double[] {1, 2}));
      other.read(16_000);
      other.add(new InputLevels(0, new double[] {0, 0}));
      other.scored(0.9);
    }

    Heard sum =
        heard(
            new HeardSums(2)
                .plus(read(first.toRow()))
                .plusAll(new HeardSums(2).plus(read(second.toRow()))));

    assertThat(sum.sampleRatesHz()).isEqualTo(Map.of(8_000, 2L, 16_000, 1L));
    assertThat(sum.levels().frames()).isEqualTo(5);
    assertThat(sum.levels().sums()).containsExactly(11, 22);
    assertThat(sum.confidence().mean()).isEqualTo(0.7, within(1e-12));
    assertThat(sum.confidence().deviation()).isEqualTo(0.2, within(1e-12));
    assertThat(sum.confidence()).isEqualTo(heard(whole).confidence());
  }

  private static Heard heard(HeardSums sums) {
    return sums.heard(3, new EmotionMix(3, 9, Map.of(Emotion.SAD, 1.0), 0));
  }

  /** As Spark gives arrays back. */
  private static Row read(Row made) {
    Object[] values = new Object[made.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = made.get(i);
    }
    values[4] = seq(((double[]) values[4])[0], ((double[]) values[4])[1]);
    values[5] = seq(java.util.Arrays.stream((int[]) values[5]).boxed().toArray());
    values[6] = seq(java.util.Arrays.stream((long[]) values[6]).boxed().toArray());
    return RowFactory.create(values);
  }

  private static Object seq(Object... values) {
    return JavaConverters.asScalaBufferConverter(java.util.List.of(values)).asScala().toSeq();
  }
}
