package ser.model.corpus;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import ser.model.Gender;
import ser.model.Speaker;

/**
 * Recordings of one's own, in one folder per emotion: {@code angry/17.wav}. The last folder names
 * the emotion, by one of the words of {@link EmotionWords}.
 *
 * <p>Who speaks cannot be seen from that. Where no pattern says it, all recordings are of the one
 * speaker {@code folders-unknown}: then they stand on one side of every split by speaker, because
 * nobody can tell whether two of them are of one voice.
 *
 * @param speakerPattern regular expression that is looked for in the recording's path and whose
 *     group {@code speaker} is the speaker; empty for none
 */
public record Folders(String speakerPattern) implements CorpusNames {
  public static final String NAME = "folders";
  private static final String GROUP = "speaker";

  /**
   * @throws IllegalArgumentException if the pattern is none or has no such group
   */
  public Folders {
    if (!speakerPattern.isEmpty()) {
      try {
        Pattern.compile(speakerPattern);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "'%s' is no regular expression: %s".formatted(speakerPattern, e.getDescription()), e);
      }
      if (!speakerPattern.contains("(?<" + GROUP + ">")) {
        throw new IllegalArgumentException(
            "'%s' has no group (?<speaker>...)".formatted(speakerPattern));
      }
    }
  }

  @Override
  public CorpusOrigin origin() {
    return new CorpusOrigin(NAME, CorpusOrigin.UNKNOWN_LICENCE);
  }

  @Override
  public Optional<RecordingLabels> labelsOf(String recordingPath) {
    int end = recordingPath.lastIndexOf('/');
    if (end < 0) {
      return Optional.empty();
    }
    String folder = recordingPath.substring(recordingPath.lastIndexOf('/', end - 1) + 1, end);
    return EmotionWords.emotionOf(folder)
        .map(
            emotion ->
                new RecordingLabels(
                    origin(),
                    new Speaker(origin().speaker(speakerOf(recordingPath)), Gender.UNKNOWN),
                    emotion,
                    folder,
                    "",
                    ""));
  }

  private String speakerOf(String recordingPath) {
    if (speakerPattern.isEmpty()) {
      return RecordingLabels.UNKNOWN_SPEAKER;
    }
    Matcher found = Pattern.compile(speakerPattern).matcher(recordingPath);
    return found.find() && found.group(GROUP) != null && !found.group(GROUP).isBlank()
        ? found.group(GROUP)
        : RecordingLabels.UNKNOWN_SPEAKER;
  }
}
