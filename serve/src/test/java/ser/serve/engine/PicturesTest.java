package ser.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import ser.features.audio.Clip;
import ser.features.audio.WavWriter;
import ser.features.spec.FeatureSpec;
import ser.model.file.ModelInput;
import ser.model.input.InputSpec;
import ser.model.input.Normaliser;

class PicturesTest {
  @Test
  void givenBandsAboveHalfTheRecordingsRate_whenDrawn_thenThePictureEndsThere() throws Exception {
    FeatureSpec spec = FeatureSpec.telephone().withSampleRate(FeatureSpec.NATIVE_RATE);
    int bands = spec.mel().bands();
    float[] ones = new float[bands];
    Arrays.fill(ones, 1);
    ModelInput input =
        new ModelInput(
            spec, InputSpec.logMel(bands, 15, 80), new Normaliser(new float[bands], ones));
    float[] noise = new float[6_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = i % 7 * 0.1f;
    }
    ByteArrayOutputStream wav = new ByteArrayOutputStream();
    // Half of it is below the 3,500 Hz that telephones end at.
    WavWriter.write(new Clip(noise, 6_000), wav);

    Pictures pictures =
        Pictures.of(
            new Upload(
                wav.toByteArray(), Channel.parse(""), 60, Deadline.in(Duration.ofMinutes(1))),
            input);

    assertThat(pictures.maxHz()).isEqualTo(3_000);
    assertThat(pictures.logMelPng()).startsWith("data:image/png;base64,");
  }
}
