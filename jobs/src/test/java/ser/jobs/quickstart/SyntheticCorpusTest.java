package ser.jobs.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticCorpusTest {
  @TempDir private Path folder;

  @Test
  void givenAPlan_whenNamed_thenNamesSaySpeakerGenderEmotionStatementAndTake() {
    List<Utterance> utterances = SyntheticCorpus.plan(2, 5, 1);

    assertThat(utterances).hasSize(2 * 8 * 5);
    assertThat(utterances.stream().map(Utterance::fileName))
        .doesNotHaveDuplicates()
        .allMatch(
            name ->
                name.matches(
                    "synthetic-\\d\\d-[fm]-"
                        + "(neutral|calm|happy|sad|angry|fearful|disgust|surprised)-\\d\\d-\\d\\d\\.wav"))
        .contains("synthetic-01-m-neutral-01-01.wav", "synthetic-02-f-surprised-01-02.wav");
  }

  @Test
  void givenSameSeed_whenWrittenTwice_thenFilesAreEqualByteForByte() throws Exception {
    List<Utterance> utterances = SyntheticCorpus.plan(2, 1, 5).subList(0, 3);

    SyntheticCorpus.write(utterances, 5, folder.resolve("a"));
    SyntheticCorpus.write(utterances, 5, folder.resolve("b"));

    for (Utterance utterance : utterances) {
      String name = "Speaker_01/" + utterance.fileName();
      assertThat(folder.resolve("a").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("b").resolve(name));
    }
  }

  @Test
  void givenFewerSpeakers_whenPlanned_thenTheRemainingOnesSpeakAsBefore() {
    Utterance alone = SyntheticCorpus.plan(1, 1, 3).get(4);
    Utterance amongOthers = SyntheticCorpus.plan(10, 5, 3).get(4 * 5);

    assertThat(amongOthers.fileName()).isEqualTo(alone.fileName());
    assertThat(amongOthers.samples(3)).isEqualTo(alone.samples(3));
  }

  @Test
  void givenAWrittenFile_whenRead_thenItIsMono16BitAt22050HzAndAsLongAsTheUtterance()
      throws Exception {
    Utterance utterance = SyntheticCorpus.plan(1, 1, 1).get(0);
    SyntheticCorpus.write(List.of(utterance), 1, folder);

    Path file = folder.resolve("Speaker_01").resolve(utterance.fileName());
    try (AudioInputStream audio = AudioSystem.getAudioInputStream(file.toFile())) {
      AudioFormat format = audio.getFormat();
      assertThat(format.getSampleRate()).isEqualTo(22_050f);
      assertThat(format.getSampleSizeInBits()).isEqualTo(16);
      assertThat(format.getChannels()).isEqualTo(1);
      assertThat(audio.getFrameLength()).isEqualTo(utterance.samples(1).length);
    }
  }

  @Test
  void givenAFileInTheWay_whenWritten_thenTheErrorNamesTheFile() throws IOException {
    Files.createFile(folder.resolve("Speaker_01"));
    List<Utterance> utterances = SyntheticCorpus.plan(1, 1, 1);

    assertThatThrownBy(() -> SyntheticCorpus.write(utterances, 1, folder))
        .hasMessageContaining("Cannot write")
        .hasMessageContaining("Speaker_01");
  }
}
