package ser.model.split;

import java.io.Serializable;
import java.util.List;

/** How recordings are divided; the protocol's name stands beside every number that comes of it. */
public sealed interface Split extends Serializable permits SpeakerSplit, RecordingSplit {

  /** {@code speakers}, {@code random} or {@code random-with-duplicates}. */
  String protocol();

  /**
   * How exactly, beside the protocol's name: {@code fold 2 of 5}, {@code 20% test, 10% validation}.
   */
  String detail();

  /** What the draw was made with. */
  long seed();

  /**
   * Where a recording goes, with its augmented copies.
   *
   * @return one side, or one for each time that the recording counts
   */
  List<Side> sidesOf(String speaker, String recording);
}
