package ser.jobs.train;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.config.CheckpointSettings;
import ser.jobs.error.UserError;
import ser.jobs.storage.OutputLock;
import ser.jobs.storage.Storage;
import ser.model.file.ModelFileException;

/**
 * What an unfinished training has put down under {@code OUTPUT/checkpoints}: {@code
 * SETTINGS/epoch-00007.safetensors}, where SETTINGS is a digest of all that decides its course. So
 * a training goes on from its own checkpoints only; those of other settings are named, left alone,
 * and removed when a training has ended. Two trainings on one output at a time: the second is
 * refused.
 */
final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final Duration LOCK_PERIOD = Duration.ofSeconds(4);
  private static final Pattern FILE =
      Pattern.compile("(.*)/([0-9a-f]{12})/epoch-(\\d{5,9})\\.safetensors");

  private final Storage storage;
  private final String folder;
  private final CheckpointSettings schedule;
  private final OutputLock lock;

  private Checkpoints(
      Storage storage, String folder, CheckpointSettings schedule, OutputLock lock) {
    this.storage = storage;
    this.folder = folder;
    this.schedule = schedule;
    this.lock = lock;
  }

  /**
   * Takes an output over.
   *
   * @throws UserError if another training is writing there
   */
  static Checkpoints open(Storage storage, String output, CheckpointSettings schedule) {
    String folder = output.replaceAll("(?<=[^/:])/+$", "") + "/checkpoints";
    return new Checkpoints(
        storage,
        folder,
        schedule,
        OutputLock.acquire(storage, folder + "/_lock", UUID.randomUUID().toString(), LOCK_PERIOD));
  }

  /**
   * @throws IllegalStateException if another training has taken the output over
   */
  void requireHeld() {
    lock.requireHeld();
  }

  /**
   * The newest checkpoint of a training with these settings that can be read.
   *
   * @param fits whether a state is one of the network that is trained
   */
  Optional<TrainingState> latest(
      SortedMap<String, String> settings, Predicate<TrainingState> fits) {
    List<Stored> all = stored();
    warnOfOthers(all, settings);
    for (Stored checkpoint : own(all, settings)) {
      try {
        CheckpointFile file = read(checkpoint);
        if (file.settings().equals(settings) && fits.test(file.state())) {
          LOG.info("Going on from {}", checkpoint.path);
          return Optional.of(file.state());
        }
        LOG.warn("{} is not that of this network; looking for an older one", checkpoint.path);
      } catch (ModelFileException e) {
        LOG.warn(
            "{} cannot be used: {}; looking for an older one", checkpoint.path, e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * Puts a state down if it is its turn, then removes the oldest ones.
   *
   * @throws UncheckedIOException naming the checkpoint, and the one before it, which stays
   */
  void write(SortedMap<String, String> settings, TrainingState state) {
    if (schedule.everyEpochs() == 0 || state.lastEpoch() % schedule.everyEpochs() != 0) {
      return;
    }
    requireHeld();
    List<Stored> before = own(stored(), settings);
    String path =
        "%s/%s/epoch-%05d.safetensors".formatted(folder, digest(settings), state.lastEpoch());
    try {
      storage.write(path, new CheckpointFile(settings, state).toBytes());
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException(
          "%s (%s)"
              .formatted(
                  e.getMessage(),
                  before.isEmpty()
                      ? "no checkpoint stands there yet: the same command begins anew"
                      : "%s stays: the same command goes on from it".formatted(before.get(0).path)),
          e.getCause());
    }
    before.stream().skip(schedule.keep() - 1L).forEach(old -> storage.delete(old.path));
  }

  /** Path of the newest checkpoint of a training with these settings. */
  Optional<String> newest(SortedMap<String, String> settings) {
    return own(stored(), settings).stream().findFirst().map(Stored::path);
  }

  /** Removes them all: the training has ended. */
  void remove() {
    requireHeld();
    stored().stream()
        .map(Stored::settings)
        .distinct()
        .forEach(settings -> storage.delete(folder + "/" + settings));
  }

  @Override
  public void close() {
    lock.close();
    storage.deleteIfEmpty(folder);
  }

  private CheckpointFile read(Stored checkpoint) throws ModelFileException {
    return CheckpointFile.read(storage.read(checkpoint.path, Integer.MAX_VALUE - 8));
  }

  private List<Stored> stored() {
    return storage.files(folder).stream()
        .map(FILE::matcher)
        .filter(Matcher::matches)
        .map(name -> new Stored(name.group(), name.group(2), Integer.parseInt(name.group(3))))
        .toList();
  }

  /** Newest first. */
  private static List<Stored> own(List<Stored> all, SortedMap<String, String> settings) {
    return all.stream()
        .filter(checkpoint -> checkpoint.settings.equals(digest(settings)))
        .sorted(Comparator.comparingInt(Stored::epoch).reversed())
        .toList();
  }

  private void warnOfOthers(List<Stored> all, SortedMap<String, String> settings) {
    SortedSet<String> others = new TreeSet<>();
    all.forEach(checkpoint -> others.add(checkpoint.settings));
    others.remove(digest(settings));
    for (String other : others) {
      Stored newest =
          all.stream()
              .filter(checkpoint -> checkpoint.settings.equals(other))
              .max(Comparator.comparingInt(Stored::epoch))
              .orElseThrow();
      LOG.warn(
          "{} is of a training with other settings and is not continued: {}. It stays until a"
              + " run on this output has ended; with its own settings it would go on.",
          newest.path,
          differences(newest, settings));
    }
  }

  private String differences(Stored checkpoint, SortedMap<String, String> settings) {
    try {
      SortedMap<String, String> before = read(checkpoint).settings();
      SortedSet<String> names = new TreeSet<>(before.keySet());
      names.addAll(settings.keySet());
      List<String> differences = new ArrayList<>();
      for (String name : names) {
        if (!Objects.equals(before.get(name), settings.get(name))) {
          differences.add(
              "%s was %s and is %s".formatted(name, before.get(name), settings.get(name)));
        }
      }
      return String.join(", ", differences);
    } catch (ModelFileException e) {
      return "it cannot be read (%s)".formatted(e.getMessage());
    }
  }

  private static String digest(SortedMap<String, String> settings) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      settings.forEach(
          (name, value) ->
              sha.update((name + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(sha.digest()).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private record Stored(String path, String settings, int epoch) {}
}
