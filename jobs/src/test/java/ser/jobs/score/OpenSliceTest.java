package ser.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import ser.features.audio.AudioFormat;
import ser.features.audio.AudioStream;
import ser.features.audio.RecordingReader;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.features.spec.FeatureSpec;
import ser.jobs.storage.RecordingFile;
import ser.jobs.tables.WindowTable;
import ser.model.file.ModelInput;
import ser.model.input.InputSpec;
import ser.model.input.Normaliser;
import ser.model.scoring.ChannelChoice;
import ser.model.scoring.ScoringEngine;
import ser.model.scoring.SpeechDetector;
import ser.model.scoring.WindowPlan;
import ser.model.scoring.WindowSlice;

class OpenSliceTest {
  private boolean closed;

  /** As ffmpeg's, which ends its process when it is closed, and by nothing else. */
  private final class Stereo implements AudioStream {
    @Override
    public AudioFormat format() {
      return new AudioFormat("m4a", "aac", 8_000, 2);
    }

    @Override
    public int read(float[] interleaved) {
      return -1;
    }

    @Override
    public Optional<RejectionReason> defect() {
      return Optional.empty();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void givenNoChannelToScore_whenOpened_thenWhatReadsTheRecordingIsClosed() {
    RecordingSlice slice =
        new RecordingSlice(
            new ScoredRecording(new RecordingFile("/a.m4a", "a.m4a", 1, 0), ""),
            WindowSlice.WHOLE,
            Optional.empty());

    assertThatExceptionOfType(UnreadableAudioException.class)
        .isThrownBy(() -> OpenSlice.of(InputStream.nullInputStream(), rules(), slice))
        .satisfies(
            refusal -> assertThat(refusal.reason()).isEqualTo(RejectionReason.CHANNEL_NOT_NAMED));
    assertThat(closed).isTrue();
  }

  private RecordingScorer.Rules rules() {
    FeatureSpec spec = FeatureSpec.telephone();
    int bands = spec.mel().bands();
    float[] ones = new float[bands];
    Arrays.fill(ones, 1);
    ModelInput input =
        new ModelInput(
            spec,
            InputSpec.logMel(bands, 15, spec.mel().topDb()),
            new Normaliser(new float[bands], ones));
    return new RecordingScorer.Rules(
        new RecordingReader() {
          @Override
          public AudioStream open(InputStream in) {
            return new Stereo();
          }

          @Override
          public void requireReady() throws IOException {}
        },
        0,
        WindowPlan.of(input, OptionalDouble.empty(), OptionalDouble.empty()),
        SpeechDetector.standard(),
        ChannelChoice.none(),
        0,
        ScoringEngine.DL4J,
        new WindowTable.Origin("model", "run"));
  }
}
