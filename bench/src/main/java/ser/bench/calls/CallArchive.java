package ser.bench.calls;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import ser.features.augment.CompandingLaw;
import ser.model.Emotion;

/**
 * Makes an archive of calls whose emotions are known: {@code date=YYYY-MM-DD/call-NNNNNN.wav},
 * stereo, G.711 at 8 kHz; {@code truth.csv} with one row per recording that is heard; {@code
 * calls.csv} with one per call. The same voices, settings and seed give the same bytes.
 */
public final class CallArchive {
  /** Samples per second of a telephone line. */
  public static final int RATE_HZ = 8_000;

  private final List<Voice> voices;
  private final Settings settings;
  private final SpeechClips clips = new SpeechClips(RATE_HZ);

  /**
   * What calls are like.
   *
   * @param seed of everything that is drawn
   * @param leastMinutes shortest call, above 0
   * @param mostMinutes longest call
   * @param law of G.711
   * @param noiseDbfs level of the line's noise, in decibels of full scale, below 0
   * @param overlap share of turns that begin before the other's end, 0 to 1
   */
  public record Settings(
      long seed,
      double leastMinutes,
      double mostMinutes,
      CompandingLaw law,
      double noiseDbfs,
      double overlap) {
    public Settings {
      if (!(leastMinutes > 0 && mostMinutes >= leastMinutes && mostMinutes <= 100_000)) {
        throw new IllegalArgumentException(
            "calls of %s to %s minutes: the first must be above 0, the second at least as long, and 100000 at most"
                .formatted(leastMinutes, mostMinutes));
      }
      if (!(noiseDbfs < 0) || !(overlap >= 0 && overlap <= 1)) {
        throw new IllegalArgumentException(
            "noise of %s dB must be below 0, and an overlap of %s between 0 and 1"
                .formatted(noiseDbfs, overlap));
      }
    }
  }

  /**
   * What was made.
   *
   * @param seconds of audio
   * @param bytes of all recordings
   */
  public record Made(double seconds, long bytes) {}

  /**
   * @param voices in any order that is always the same; of some corpus at least two with neutral
   *     recordings
   * @throws IllegalArgumentException if there are not
   */
  public CallArchive(List<Voice> voices, Settings settings) {
    this.settings = settings;
    this.voices =
        voices.stream().filter(voice -> voice.clips().containsKey(Emotion.NEUTRAL)).toList();
    if (corpora().isEmpty()) {
      throw new IllegalArgumentException(
          "of %d speakers no two of one corpus have neutral recordings; a call needs a customer and an agent"
              .formatted(voices.size()));
    }
  }

  /**
   * @param folder is made where it is missing, and must be empty
   * @param calls how many
   * @param firstDay of the first calls
   * @param callsPerDay above 0
   */
  public Made write(Path folder, int calls, LocalDate firstDay, int callsPerDay)
      throws IOException {
    Files.createDirectories(folder);
    double seconds = 0;
    long bytes = 0;
    try (BufferedWriter truth = Files.newBufferedWriter(folder.resolve("truth.csv"));
        BufferedWriter list = Files.newBufferedWriter(folder.resolve("calls.csv"))) {
      truth.write(String.join(",", Truth.COLUMNS) + "\n");
      list.write("call,path,duration_s,sample_rate_hz,corpus,customer_speaker,agent_speaker\n");
      for (int index = 0; index < calls; index++) {
        String call = String.format(Locale.ROOT, "call-%06d", index);
        String path = "date=%s/%s.wav".formatted(firstDay.plusDays(index / callsPerDay), call);
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        seconds += write(index, call, path, file, truth, list);
        bytes += Files.size(file);
      }
    }
    return new Made(seconds, bytes);
  }

  private double write(int index, String call, String path, Path file, Writer truth, Writer list)
      throws IOException {
    // Mixed, so that neighbouring seeds and numbers give unlike calls.
    Random random = new Random(settings.seed * 0x9E3779B97F4A7C15L + index * 0xD1B54A32D192ED03L);
    double range = settings.mostMinutes - settings.leastMinutes;
    long frames = Math.round((settings.leastMinutes + range * random.nextDouble()) * 60 * RATE_HZ);
    List<String> corpora = corpora();
    String corpus = corpora.get(random.nextInt(corpora.size()));
    List<Voice> actors = voices.stream().filter(v -> v.corpus().equals(corpus)).toList();
    int first = random.nextInt(actors.size());
    Voice customer = actors.get(first);
    // Anybody else.
    Voice agent = actors.get((first + 1 + random.nextInt(actors.size() - 1)) % actors.size());
    Random line = new Random(random.nextLong());
    CallScript script =
        new CallScript(random, clips, customer, agent, frames, RATE_HZ, settings.overlap);
    CallWriter writer = new CallWriter(clips, settings.law, RATE_HZ, settings.noiseDbfs);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      writer.write(
          script,
          frames,
          line,
          out,
          said ->
              truth.write(
                  row(
                      call,
                      said.channel(),
                      seconds(said.start()),
                      seconds(said.end()),
                      said.emotion().label(),
                      corpus,
                      (said.channel() == CallScript.CUSTOMER ? customer : agent).ownName(),
                      said.clip().name())));
    }
    list.write(
        row(call, path, seconds(frames), RATE_HZ, corpus, customer.ownName(), agent.ownName()));
    return (double) frames / RATE_HZ;
  }

  /** Those with two speakers, in order of their names. */
  private List<String> corpora() {
    TreeSet<String> names = new TreeSet<>();
    for (Voice voice : voices) {
      if (voices.stream().filter(other -> other.corpus().equals(voice.corpus())).count() > 1) {
        names.add(voice.corpus());
      }
    }
    return List.copyOf(names);
  }

  private static String seconds(long frames) {
    return String.format(Locale.ROOT, "%.4f", (double) frames / RATE_HZ);
  }

  private static String row(Object... values) {
    StringBuilder row = new StringBuilder();
    for (Object value : values) {
      row.append(row.isEmpty() ? "" : ",").append(Csv.field(value.toString()));
    }
    return row.append('\n').toString();
  }
}
