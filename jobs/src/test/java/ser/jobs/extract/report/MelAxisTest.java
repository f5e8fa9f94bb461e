package ser.jobs.extract.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import ser.features.signal.MelFilterBank;
import ser.features.spec.FeatureSpec;
import ser.features.spec.MelSpec;
import ser.report.chart.Axis.Tick;

class MelAxisTest {

  @Test
  void givenTheDefaultBands_whenMarked_thenEachMarkStandsOnTheBandWithItsFrequency() {
    int rate = 22_050;
    int nFft = 1 << 14;
    MelSpec mel = FeatureSpec.librosa().mel();
    MelFilterBank bank = new MelFilterBank(rate, nFft, mel);

    List<Tick> ticks = MelAxis.of(mel, rate).ticks();

    assertThat(ticks.stream().map(Tick::label)).containsExactly("500", "1k", "2k", "4k", "8k");
    for (int i = 0; i < ticks.size(); i++) {
      int bin = Math.round(500f * (1 << i) * nFft / rate);
      assertThat(ticks.get(i).position() * mel.bands())
          .isCloseTo(centreOfWeights(bank, bin), Offset.offset(0.05));
    }
  }

  @Test
  void givenTelephoneBands_whenMarked_thenOnlyWhatIsInTheirRange() {
    assertThat(MelAxis.of(FeatureSpec.telephone().mel(), 8_000).ticks().stream().map(Tick::label))
        .containsExactly("500", "1k", "2k");
  }

  /**
   * Where a frequency stands between the middles of the two bands that hear it, by their heights.
   */
  private static double centreOfWeights(MelFilterBank bank, int bin) {
    double sum = 0;
    double weighted = 0;
    for (int band = 0; band < bank.bands(); band++) {
      // Triangles have equal areas, so heights are relative to the tallest weight of the band.
      double height = bank.weight(band, bin) / tallest(bank, band, bin);
      sum += height;
      weighted += height * (band + 0.5);
    }
    return weighted / sum;
  }

  private static double tallest(MelFilterBank bank, int band, int bin) {
    double tallest = 1e-12;
    for (int i = Math.max(0, bin - 600); i < bin + 600; i++) {
      tallest = Math.max(tallest, bank.weight(band, i));
    }
    return tallest;
  }
}
