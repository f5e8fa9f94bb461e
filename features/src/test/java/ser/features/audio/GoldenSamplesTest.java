package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoded samples against those of librosa. */
class GoldenSamplesTest {
  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest
  @ValueSource(strings = {"ravdess_stereo_48k", "two_speakers_stereo_16k", "telephone_mulaw_8k"})
  void givenGoldenClip_whenRead_thenMonoSamplesAreEqual(String clip) throws Exception {
    Path file = SharedData.require("golden/samples/" + clip + "/samples.csv");
    List<String> lines = Files.readAllLines(file);
    List<String> columns = SharedData.fields(lines.get(0));
    int mono = columns.indexOf("mono");
    try (InputStream in =
        Files.newInputStream(SharedData.require("golden/clips/" + clip + ".wav"))) {
      float[] samples = new ClipReader(ClipLimits.NONE).read(in).clip().samples();
      for (int i = 1; i < lines.size(); i++) {
        double expected = Double.parseDouble(SharedData.fields(lines.get(i)).get(mono));
        assertThat((double) samples[i - 1])
            .as("sample %d", i - 1)
            .isCloseTo(expected, within(TOLERANCE));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ravdess_stereo_48k", "two_speakers_stereo_16k"})
  void givenStereoClip_whenChannelIsChosen_thenItAloneIsRead(String clip) throws Exception {
    Path file = SharedData.require("golden/samples/" + clip + "/samples.csv");
    List<String> lines = Files.readAllLines(file);
    int right = SharedData.fields(lines.get(0)).indexOf("right");
    float[] samples = new float[lines.size() - 1];
    try (InputStream in =
        Files.newInputStream(SharedData.require("golden/clips/" + clip + ".wav"))) {
      int count = MonoStream.ofChannel(AudioReader.open(in), 1).read(samples);
      assertThat(count).isEqualTo(samples.length);
    }
    double[] expected =
        lines.stream()
            .skip(1)
            .mapToDouble(line -> Double.parseDouble(SharedData.fields(line).get(right)))
            .toArray();
    assertThat(Arrays.stream(toDoubles(samples)).boxed().toList())
        .usingElementComparator((a, b) -> Math.abs(a - b) <= TOLERANCE ? 0 : Double.compare(a, b))
        .isEqualTo(Arrays.stream(expected).boxed().toList());
  }

  private static double[] toDoubles(float[] samples) {
    double[] doubles = new double[samples.length];
    for (int i = 0; i < samples.length; i++) {
      doubles[i] = samples[i];
    }
    return doubles;
  }
}
