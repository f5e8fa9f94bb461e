package ser.model.file;

import java.io.Serializable;
import java.util.Objects;
import ser.model.SpeakerSplit;

/**
 * How the recordings were divided: it stands beside every number that is shown.
 *
 * @param protocol {@code speakers}: nobody who is tested was heard in training
 * @param speakers who was on which side
 */
public record RecordedSplit(String protocol, SpeakerSplit speakers) implements Serializable {
  public RecordedSplit {
    if (protocol.isBlank()) {
      throw new IllegalArgumentException("a split protocol's name must not be blank");
    }
    Objects.requireNonNull(speakers, "speakers");
  }
}
