package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AudioHashTest {
  @Test
  void givenTwoSamples_whenHashed_thenAsAnyOtherToolComputesIt() {
    // python3 -c "import
    // hashlib,struct;print(hashlib.sha256(struct.pack('<ffi',.5,-.25,8000)).hexdigest())"
    assertThat(AudioHash.of(new Clip(new float[] {0.5f, -0.25f}, 8000)))
        .isEqualTo("080e8de7708e05d775c4ea3d3772c6bbd4a9b6874b19cd6f75dc62a979b6e60a");
  }

  @Test
  void givenSameSamplesAtAnotherRate_whenHashed_thenDifferent() {
    float[] samples = new float[40_000];
    assertThat(AudioHash.of(new Clip(samples, 8000)))
        .isNotEqualTo(AudioHash.of(new Clip(samples, 16_000)));
  }

  @Test
  void givenSameSamplesInFlacAndWav_whenHashed_thenEqual() throws Exception {
    Path flac = SharedData.require("data/fixtures/made/flac_16k.flac");
    Clip clip;
    try (InputStream in = Files.newInputStream(flac)) {
      clip = new ClipReader(ClipLimits.NONE).read(in).clip();
    }
    ByteArrayOutputStream wav = new ByteArrayOutputStream();
    WavWriter.write(clip, wav);
    assertThat(AudioHash.of(Recordings.read(wav.toByteArray()).clip()))
        .isEqualTo(AudioHash.of(clip));
  }
}
