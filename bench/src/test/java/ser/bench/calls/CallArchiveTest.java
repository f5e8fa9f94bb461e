package ser.bench.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ser.bench.calls.CallArchive.Settings;
import ser.bench.calls.Truth.Speech;
import ser.features.audio.AudioReader;
import ser.features.audio.AudioStream;
import ser.features.audio.Clip;
import ser.features.audio.UnreadableAudioException;
import ser.features.audio.WavWriter;
import ser.features.augment.CompandingLaw;
import ser.model.Emotion;
import ser.model.corpus.Corpora;

class CallArchiveTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 5);

  @TempDir private Path folder;
  private List<Voice> voices;

  /** Three actors, four emotions; a tone of 0.6 to 1.2 s with half a second of silence around. */
  @BeforeEach
  void makeCorpus() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("ravdess"));
    List<Path> files = new ArrayList<>();
    for (int actor = 1; actor <= 3; actor++) {
      for (int emotion : new int[] {1, 3, 4, 5}) {
        String name = "03-01-%02d-01-01-01-%02d.wav".formatted(emotion, actor);
        Path file = corpus.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
          WavWriter.write(new Clip(tone(200 * actor, 0.5 + 0.1 * emotion), 16_000), out);
        }
        files.add(file);
      }
    }
    voices = Voice.of(corpus, files, List.of(Corpora.named("ravdess")));
  }

  private static float[] tone(double hz, double seconds) {
    float[] samples = new float[(int) ((1 + seconds) * 16_000)];
    for (int i = 8_000; i < samples.length - 8_000; i++) {
      samples[i] = (float) (0.1 * Math.sin(2 * Math.PI * hz * i / 16_000));
    }
    return samples;
  }

  private static Settings settings(long seed, CompandingLaw law) {
    return new Settings(seed, 0.5, 1, law, -66, 0.2);
  }

  private Path archive(String name, Settings settings) throws IOException {
    Path archive = folder.resolve(name);
    new CallArchive(voices, settings).write(archive, 3, DAY, 2);
    return archive;
  }

  private static SortedMap<String, String> contents(Path archive) throws IOException {
    SortedMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(archive)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            archive.relativize(file).toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  private static List<float[]> channels(Path file) throws IOException, UnreadableAudioException {
    List<Float> samples = new ArrayList<>();
    float[] block = new float[4096];
    try (AudioStream stream = AudioReader.open(Files.newInputStream(file))) {
      assertThat(stream.format().channels()).isEqualTo(2);
      for (int frames = stream.read(block); frames >= 0; frames = stream.read(block)) {
        for (int i = 0; i < 2 * frames; i++) {
          samples.add(block[i]);
        }
      }
    }
    float[][] channels = new float[2][samples.size() / 2];
    for (int i = 0; i < samples.size(); i++) {
      channels[i % 2][i / 2] = samples.get(i);
    }
    return List.of(channels[0], channels[1]);
  }

  @Test
  void givenOneSeed_whenWrittenTwice_thenEveryByteIsTheSame() throws IOException {
    SortedMap<String, String> first = contents(archive("a", settings(1, CompandingLaw.MU_LAW)));
    SortedMap<String, String> second = contents(archive("b", settings(1, CompandingLaw.MU_LAW)));

    assertThat(first)
        .containsOnlyKeys(
            "calls.csv",
            "truth.csv",
            "date=2026-01-05/call-000000.wav",
            "date=2026-01-05/call-000001.wav",
            "date=2026-01-06/call-000002.wav");
    assertThat(second).isEqualTo(first);
  }

  @Test
  void givenAnotherSeed_whenWritten_thenTheCallsAreOthers() throws IOException {
    SortedMap<String, String> first = contents(archive("a", settings(1, CompandingLaw.MU_LAW)));
    SortedMap<String, String> second = contents(archive("b", settings(2, CompandingLaw.MU_LAW)));

    assertThat(first.get("truth.csv")).isNotEqualTo(second.get("truth.csv"));
  }

  @ParameterizedTest
  @EnumSource(CompandingLaw.class)
  void givenACall_whenHeard_thenThereIsSpeechWhereTheTruthSaysAndSilenceElsewhere(CompandingLaw law)
      throws IOException, UnreadableAudioException {
    Path archive = archive("a", settings(1, law));
    List<float[]> channels = channels(archive.resolve("date=2026-01-05/call-000000.wav"));

    for (int channel = 0; channel < 2; channel++) {
      float[] samples = channels.get(channel);
      boolean[] spoken = new boolean[samples.length];
      int twice = 0;
      List<Speech> speech =
          Truth.read(archive.resolve("truth.csv"), channel).speech().get("call-000000");
      assertThat(speech).hasSizeGreaterThan(3);
      for (Speech one : speech) {
        int from = (int) Math.round(one.startS() * CallArchive.RATE_HZ);
        int to = (int) Math.round(one.endS() * CallArchive.RATE_HZ);
        assertThat(rms(samples, from, to)).as("speech at %s s", one.startS()).isGreaterThan(0.2);
        for (int i = from; i < to; i++) {
          twice += spoken[i] ? 1 : 0;
          spoken[i] = true;
        }
      }
      assertThat(twice).as("nobody talks over himself").isZero();
      float[] rest = new float[samples.length];
      int count = 0;
      for (int i = 0; i < samples.length; i++) {
        if (!spoken[i]) {
          rest[count++] = samples[i];
        }
      }
      // Noise of -66 dB is 0.0005 of full scale, and about the finest step of either law.
      assertThat(count).isGreaterThan(CallArchive.RATE_HZ);
      assertThat(rms(rest, 0, count)).isLessThan(0.001);
    }
  }

  private static double rms(float[] samples, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return Math.sqrt(sum / (to - from));
  }

  @Test
  void givenManyTurns_whenWritten_thenTheAgentIsNeutralAndTheCustomersMoodLasts()
      throws IOException {
    Path archive = folder.resolve("a");
    Settings settings = new Settings(3, 10, 10, CompandingLaw.MU_LAW, -66, 0.1);
    new CallArchive(voices, settings).write(archive, 1, DAY, 1);

    assertThat(emotions(Truth.read(archive.resolve("truth.csv"), 1))).containsOnly(Emotion.NEUTRAL);
    List<Emotion> customer = emotions(Truth.read(archive.resolve("truth.csv"), 0));
    Set<Emotion> all = new HashSet<>(customer);
    assertThat(all).hasSize(4);
    int changes = 0;
    for (int i = 1; i < customer.size(); i++) {
      changes += customer.get(i) == customer.get(i - 1) ? 0 : 1;
    }
    // Drawn anew each time it would change at three recordings in four.
    assertThat(changes).isPositive().isLessThan(customer.size() / 3);
  }

  private static List<Emotion> emotions(Truth truth) {
    return truth.speech().values().stream()
        .flatMap(Collection::stream)
        .map(Speech::emotion)
        .toList();
  }

  @Test
  void givenOneSpeaker_whenAnArchiveIsAskedFor_thenItIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CallArchive(voices.subList(0, 1), settings(1, CompandingLaw.MU_LAW)))
        .withMessageContaining("a call needs a customer and an agent");
  }
}
