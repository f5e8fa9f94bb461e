package ser.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ser.bench.calls.Truth;
import ser.features.audio.AudioReader;
import ser.features.audio.AudioStream;
import ser.features.audio.Clip;
import ser.features.audio.ClipLimits;
import ser.features.audio.ClipReader;
import ser.features.audio.MonoStream;
import ser.features.audio.UnreadableAudioException;
import ser.features.signal.Resampler;
import ser.model.Window;
import ser.model.Windowing;
import ser.model.scoring.SampledWindow;
import ser.model.scoring.SpeechDetector;

/**
 * How often the detector takes speech for a pause and a pause for speech: clips of speech as they
 * are and in white noise, that noise alone, and the calls of an archive beside what is said there.
 */
@Command(
    name = "bench/speech",
    mixinStandardHelpOptions = true,
    description = "Mistakes of the speech detector. The last line is JSON.")
final class SpeechBench implements Callable<Integer> {
  private static final double WINDOW_S = 3;
  private static final double HOP_S = 1.5;

  /** A window of a call counts as speech if somebody is said to speak this long in it. */
  private static final double SPOKEN_S = 0.5;

  private static final int SEED = 20;

  @Parameters(paramLabel = "FOLDER", description = "clips of speech")
  private Path folder;

  @Option(names = "--clips", paramLabel = "N", description = "drawn (default: ${DEFAULT-VALUE})")
  private int clips = 250;

  @Option(names = "--rate", paramLabel = "HZ", description = "default: ${DEFAULT-VALUE}")
  private int rateHz = 22_050;

  @Option(names = "--archive", paramLabel = "FOLDER", description = "calls of bench/archive")
  private Optional<Path> archive = Optional.empty();

  private final SpeechDetector detector = SpeechDetector.standard();
  private final ObjectNode line = new ObjectMapper().createObjectNode();

  public static void main(String[] args) {
    System.exit(BenchCommand.of("bench/speech", new SpeechBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException, UnreadableAudioException {
    line.put("bench", "speech").put("detector", detector.toString()).put("rate_hz", rateHz);
    List<Path> files = new ArrayList<>(Recordings.under(folder, 0));
    Collections.shuffle(files, new Random(SEED));
    List<float[]> speech = new ArrayList<>();
    for (Path file : files.subList(0, Math.min(clips, files.size()))) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        Clip clip = new ClipReader(ClipLimits.NONE).read(in).clip();
        speech.add(new Resampler(clip.sampleRateHz(), rateHz).resample(clip.samples()));
      }
    }
    line.put("clips", speech.size());
    inNoise(speech, OptionalDouble.empty());
    for (double snrDb : List.of(20.0, 10.0, 5.0, 0.0)) {
      inNoise(speech, OptionalDouble.of(snrDb));
    }
    if (archive.isPresent()) {
      calls(archive.get());
    }
    System.out.println(line);
    return 0;
  }

  private void inNoise(List<float[]> speech, OptionalDouble snrDb) {
    Random random = new Random(SEED);
    int missed = 0;
    int noiseTaken = 0;
    for (float[] clip : speech) {
      float[] noise = new float[clip.length];
      float[] sum = clip.clone();
      if (snrDb.isPresent()) {
        double deviation = Math.sqrt(power(clip) / Math.pow(10, snrDb.getAsDouble() / 10));
        for (int i = 0; i < noise.length; i++) {
          noise[i] = (float) (deviation * random.nextGaussian());
          sum[i] += noise[i];
        }
      }
      missed += detector.passes(window(sum, rateHz)) ? 0 : 1;
      noiseTaken += detector.passes(window(noise, rateHz)) ? 1 : 0;
    }
    String name = snrDb.isPresent() ? "%.0f dB".formatted(snrDb.getAsDouble()) : "clean";
    line.withObject("/clips_in_white_noise")
        .putObject(name)
        .put("speech_missed", share(missed, speech.size()))
        .put("noise_alone_taken", share(noiseTaken, speech.size()));
  }

  private void calls(Path folder) throws IOException, UnreadableAudioException {
    Map<Boolean, int[]> found = new TreeMap<>(Map.of(true, new int[2], false, new int[2]));
    for (int channel = 0; channel < 2; channel++) {
      Truth truth = Truth.read(folder.resolve("truth.csv"), channel);
      for (Path file : Recordings.under(folder, 0)) {
        String call = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        List<Truth.Speech> said = truth.speech().getOrDefault(call, List.of());
        Clip clip = channelOf(file, channel);
        int rate = clip.sampleRateHz();
        for (Window window :
            new Windowing((int) (WINDOW_S * rate), (int) (HOP_S * rate))
                .windowsOf(clip.samples().length)) {
          double spokenS = spokenS(said, window, rate);
          if (spokenS == 0 || spokenS >= SPOKEN_S) {
            float[] samples =
                Arrays.copyOfRange(
                    clip.samples(), (int) window.startSample(), (int) window.endSample());
            int[] counts = found.get(spokenS > 0);
            counts[0]++;
            counts[1] += detector.passes(new SampledWindow(window, samples, rate)) ? 1 : 0;
          }
        }
      }
    }
    int[] speech = found.get(true);
    int[] pauses = found.get(false);
    line.putObject("calls")
        .put("windows_with_speech", speech[0])
        .put("speech_missed", share(speech[0] - speech[1], speech[0]))
        .put("windows_without", pauses[0])
        .put("pauses_taken", share(pauses[1], pauses[0]));
  }

  private static Clip channelOf(Path file, int channel)
      throws IOException, UnreadableAudioException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        AudioStream audio = AudioReader.open(in)) {
      return new ClipReader(ClipLimits.NONE).read(MonoStream.ofChannel(audio, channel)).clip();
    }
  }

  private static double spokenS(List<Truth.Speech> said, Window window, int rateHz) {
    double from = (double) window.startSample() / rateHz;
    double to = (double) window.endSample() / rateHz;
    return said.stream()
        .mapToDouble(
            speech -> Math.max(0, Math.min(to, speech.endS()) - Math.max(from, speech.startS())))
        .sum();
  }

  /** The first seconds, as a recording shorter than a window has one of its own length. */
  private static SampledWindow window(float[] samples, int rateHz) {
    int length = Math.min(samples.length, (int) (WINDOW_S * rateHz));
    return new SampledWindow(new Window(0, length), Arrays.copyOf(samples, length), rateHz);
  }

  private static double power(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += (double) sample * sample;
    }
    return sum / Math.max(1, samples.length);
  }

  private static double share(int part, int all) {
    return all == 0
        ? 0
        : Double.parseDouble(String.format(Locale.ROOT, "%.4f", (double) part / all));
  }
}
