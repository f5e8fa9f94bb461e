package ser.bench.calls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import ser.model.Emotion;
import ser.model.corpus.CorpusNames;
import ser.model.corpus.RecordingLabels;

/**
 * One speaker of a corpus.
 *
 * @param speaker id with the corpus before it: {@code ravdess-07}
 * @param corpus name of the corpus
 * @param clips recordings by emotion, none of them empty
 */
public record Voice(String speaker, String corpus, Map<Emotion, List<Clip>> clips) {

  /**
   * A recording.
   *
   * @param file where it is
   * @param name in {@code truth.csv}: the folder's name and the path below it
   */
  public record Clip(Path file, String name) {}

  public Voice {
    EnumMap<Emotion, List<Clip>> copy = new EnumMap<>(Emotion.class);
    clips.forEach((emotion, list) -> copy.put(emotion, List.copyOf(list)));
    if (copy.isEmpty() || copy.values().stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("speaker %s has no recordings".formatted(speaker));
    }
    clips = Collections.unmodifiableMap(copy);
  }

  /** The speaker as the corpus itself names him: {@code 07}. */
  public String ownName() {
    return speaker.substring(corpus.length() + 1);
  }

  /**
   * Those who speak in a folder, in order of their ids. Recordings that no convention knows are
   * passed over.
   *
   * @param files recordings, in the order in which they shall be numbered
   * @param corpora the first that knows a name has it
   */
  public static List<Voice> of(Path folder, List<Path> files, List<CorpusNames> corpora) {
    SortedMap<String, EnumMap<Emotion, List<Clip>>> found = new TreeMap<>();
    Path name = folder.toAbsolutePath().normalize().getFileName();
    for (Path file : files) {
      String relative = folder.relativize(file).toString().replace('\\', '/');
      Optional<RecordingLabels> labels =
          corpora.stream().flatMap(corpus -> corpus.labelsOf(relative).stream()).findFirst();
      labels.ifPresent(
          known ->
              found
                  .computeIfAbsent(known.speaker().id(), id -> new EnumMap<>(Emotion.class))
                  .computeIfAbsent(known.emotion(), emotion -> new ArrayList<>())
                  .add(new Clip(file, name + "/" + relative)));
    }
    List<Voice> voices = new ArrayList<>();
    found.forEach(
        (id, clips) -> voices.add(new Voice(id, id.substring(0, id.indexOf('-')), clips)));
    return voices;
  }
}
