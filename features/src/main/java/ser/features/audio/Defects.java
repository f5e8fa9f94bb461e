package ser.features.audio;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What is wrong with a recording that is read in part. It has one reason, the first in order. */
final class Defects {
  private final Set<RejectionReason> found = EnumSet.noneOf(RejectionReason.class);

  void add(RejectionReason reason) {
    found.add(reason);
  }

  Optional<RejectionReason> first() {
    return found.stream().findFirst();
  }
}
