package ser.jobs.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import ser.jobs.error.UserError;
import ser.model.Gender;
import ser.model.Speaker;
import ser.model.Spelling;
import ser.model.corpus.RecordingLabels;
import ser.model.file.ModelFile;
import ser.model.split.Side;
import ser.model.split.SpeakerSplit;
import ser.model.split.Split;

/**
 * Whom a model knows, by what its file says of its training. A speaker is the same however a table
 * spells him, as in the training.
 */
final class Acquaintance implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Split split;

  /** As the training has spelt them, by what their spellings have in common. */
  private final Map<String, String> speakers;

  /**
   * @param split of the training
   * @param speakers of all sides
   */
  Acquaintance(Split split, Set<String> speakers) {
    this.split = split;
    this.speakers =
        speakers.stream()
            .sorted()
            .collect(
                Collectors.toMap(
                    Spelling::folded, speaker -> speaker, (first, next) -> first, HashMap::new));
  }

  /**
   * @param path of the model's file, for messages
   */
  static Acquaintance of(ModelFile model, String path) {
    Split split = model.provenance().split();
    Set<String> speakers = new HashSet<>();
    if (split instanceof SpeakerSplit bySpeaker) {
      List.of(Side.values()).forEach(side -> speakers.addAll(bySpeaker.speakersOf(side)));
    } else {
      // A split of recordings answers for any name: whose they are stands in the report alone.
      for (JsonNode side : model.provenance().metrics().path("speakers")) {
        side.forEach(speaker -> speakers.add(speaker.asText()));
      }
      if (speakers.isEmpty()) {
        throw new UserError(
            "Cannot tell which recordings %s has learnt from: its split is %s and its metrics name no speakers. Train again."
                .formatted(path, split.protocol()));
      }
    }
    return new Acquaintance(split, speakers);
  }

  /** By speaker and name alone; its audio and emotion are looked at elsewhere. */
  Standing of(String speaker, String recording) {
    String key = Spelling.folded(speaker);
    String known = speakers.get(key);
    if (known == null) {
      return mayBeKnown(key) ? Standing.UNNAMED : Standing.NEW;
    }
    List<Side> sides = split.sidesOf(known, recording);
    if (sides.contains(Side.TRAINING)) {
      return Standing.TRAINING;
    }
    return sides.contains(Side.VALIDATION) ? Standing.VALIDATION : Standing.TEST;
  }

  /** Who is not named may be any of his corpus, and any of it those who were not named then. */
  private boolean mayBeKnown(String speaker) {
    String corpus = corpusOf(speaker);
    return speakers.keySet().stream()
        .filter(known -> corpusOf(known).equals(corpus))
        .anyMatch(
            known -> RecordingLabels.namesNobody(speaker) || RecordingLabels.namesNobody(known));
  }

  private static String corpusOf(String speaker) {
    return new Speaker(speaker, Gender.UNKNOWN).corpus();
  }
}
