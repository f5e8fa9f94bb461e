package ser.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Recordings in a bucket that come and change: each has one of some versions at a time, of which
 * one is no recording at all. What a table must say of them follows from one table of all versions.
 */
final class Archive {
  private static final int AT_FIRST = 6;

  private final List<Path> versions;
  private final S3Endpoint s3;
  private final String prefix;

  /** Number of the version by name. */
  private final Map<String, Integer> recordings = new TreeMap<>();

  private Archive(List<Path> versions, S3Endpoint s3, String prefix) {
    this.versions = versions;
    this.s3 = s3;
    this.prefix = prefix;
  }

  /**
   * @param folder of recordings
   * @param prefix {@code BUCKET/PREFIX}
   */
  static Archive of(Path folder, S3Endpoint s3, String prefix) throws IOException {
    List<Path> versions = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(file -> file.toString().endsWith(".wav")).sorted().forEach(versions::add);
    }
    versions.add(Files.writeString(s3.objects().resolveSibling("broken.wav"), "no recording"));
    return new Archive(versions, s3, prefix);
  }

  void uploadEveryVersion(String to) throws IOException {
    for (int version = 0; version < versions.size(); version++) {
      s3.upload(versions.get(version), "s3a://" + to + "/" + version + ".wav");
    }
  }

  void begin(Random random) {
    for (int i = 0; i < AT_FIRST; i++) {
      add(random);
    }
  }

  /** One comes, one changes, and one breaks or is mended. */
  void change(Random random) {
    add(random);
    put(anyOf(random), random.nextInt(versions.size() - 1));
    String name = anyOf(random);
    boolean broken = recordings.get(name) == versions.size() - 1;
    put(name, broken ? 0 : versions.size() - 1);
  }

  /**
   * Rows of all tables for the recordings as they are.
   *
   * @param reference of every version, by its number
   */
  List<String> expected(ScoredTables reference) {
    Map<String, List<String>> rows = reference.byRecording();
    return recordings.entrySet().stream()
        .flatMap(
            recording ->
                rows.get(recording.getValue() + ".wav").stream()
                    .map(row -> ScoredTables.named(recording.getKey(), row)))
        .sorted()
        .toList();
  }

  private void add(Random random) {
    put("call %d.wav".formatted(recordings.size()), random.nextInt(versions.size()));
  }

  private String anyOf(Random random) {
    return "call %d.wav".formatted(random.nextInt(recordings.size()));
  }

  private void put(String name, int version) {
    try {
      s3.upload(versions.get(version), "s3a://" + prefix + "/" + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    recordings.put(name, version);
  }
}
