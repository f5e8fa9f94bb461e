package ser.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 999, 1000, 1001, 2000, 2001, 123_457})
  void givenAnyLength_whenDrawn_thenEachColumnHoldsTheExtremesOfItsPiece(int samples) {
    float[] tone = new float[samples];
    for (int i = 0; i < samples; i++) {
      tone[i] = Tone.sample(i) * i / samples;
    }
    Envelope envelope = new Envelope();
    int split = samples / 3;
    envelope.add(tone, split);
    float[] rest = new float[samples - split];
    System.arraycopy(tone, split, rest, 0, rest.length);
    envelope.add(rest, rest.length);

    float[] low = envelope.low();
    float[] high = envelope.high();

    assertThat(low.length).isEqualTo(high.length).isBetween(1, Envelope.MOST_COLUMNS);
    int piece = 1;
    while ((samples + piece - 1) / piece > Envelope.MOST_COLUMNS) {
      piece *= 2;
    }
    assertThat(low).hasSize((samples + piece - 1) / piece);
    for (int column = 0; column < low.length; column++) {
      float least = Float.MAX_VALUE;
      float most = -Float.MAX_VALUE;
      for (int i = column * piece; i < Math.min(samples, (column + 1) * piece); i++) {
        least = Math.min(least, tone[i]);
        most = Math.max(most, tone[i]);
      }
      assertThat(low[column]).isEqualTo(least);
      assertThat(high[column]).isEqualTo(most);
    }
  }
}
