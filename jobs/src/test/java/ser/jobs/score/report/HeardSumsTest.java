package ser.jobs.score.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;
import ser.model.Emotion;
import ser.model.drift.EmotionShares;
import ser.model.drift.Heard;
import ser.model.drift.InputLevels;

/** What tasks have heard adds up to what one task would have heard. */
class HeardSumsTest {
  @Test
  void givenTwoTasks_whenTheirRowsAreAdded_thenTheSumIsThatOfOneTask() {
    HeardSums whole = new HeardSums(2, 2);
    HeardSums first = new HeardSums(2, 2);
    HeardSums second = new HeardSums(2, 2);
    for (HeardSums one : new HeardSums[] {whole, first}) {
      one.read(8_000);
      one.add(new InputLevels(2, new double[] {10, 20}));
      one.scored(new float[] {0.5f, 0.5f});
    }
    for (HeardSums other : new HeardSums[] {whole, second}) {
      other.read(8_000);
      other.add(new InputLevels(3, new double[] {1, 2}));
      other.read(16_000);
      other.add(new InputLevels(0, new double[] {0, 0}));
      other.scored(new float[] {0.125f, 0.875f});
    }

    Heard sum =
        heard(
            new HeardSums(2, 2)
                .plus(read(first.toRow()))
                .plusAll(new HeardSums(2, 2).plus(read(second.toRow()))));

    assertThat(sum.sampleRatesHz()).isEqualTo(Map.of(8_000, 2L, 16_000, 1L));
    assertThat(sum.levels().frames()).isEqualTo(5);
    assertThat(sum.levels().sums()).containsExactly(11, 22);
    assertThat(sum.confidence().mean()).isEqualTo(0.6875, within(1e-12));
    assertThat(sum.confidence().deviation()).isEqualTo(0.1875, within(1e-12));
    assertThat(sum.confidence()).isEqualTo(heard(whole).confidence());
    assertThat(sum.emotions())
        .hasValue(new EmotionShares(Map.of(Emotion.SAD, 0.5, Emotion.HAPPY, 0.5)));
  }

  private static Heard heard(HeardSums sums) {
    return sums.heard(3, List.of(Emotion.SAD, Emotion.HAPPY));
  }

  /** As Spark gives arrays back. */
  private static Row read(Row made) {
    Object[] values = new Object[made.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = made.get(i);
    }
    values[3] = seq(Arrays.stream((long[]) values[3]).boxed().toArray());
    values[5] = seq(Arrays.stream((double[]) values[5]).boxed().toArray());
    values[6] = seq(Arrays.stream((int[]) values[6]).boxed().toArray());
    values[7] = seq(Arrays.stream((long[]) values[7]).boxed().toArray());
    return RowFactory.create(values);
  }

  private static Object seq(Object... values) {
    return JavaConverters.asScalaBufferConverter(List.of(values)).asScala().toSeq();
  }
}
