package ser.bench;

import java.util.Locale;

/**
 * What a JVM needed.
 *
 * @param heapMb most that was left of its heap after a collection, in MiB
 * @param peakMb most that it had of the machine's memory, in MiB
 */
record ProcessMemory(double heapMb, double peakMb) {
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.0f (%.0f)", heapMb, peakMb);
  }
}
