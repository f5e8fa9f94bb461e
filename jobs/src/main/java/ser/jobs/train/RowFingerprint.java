package ser.jobs.train;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;

/**
 * Which rows a stage of a training has used, in 16 bytes: taken where the rows are used, and
 * compared with those that the split meant. Sums do not depend on the order of rows, and those of
 * sides that share none add up.
 *
 * @param rows how many; a row that is used twice counts twice
 * @param sum of the rows' hashes, modulo 2 to the 64th
 */
record RowFingerprint(long rows, long sum) implements Serializable {
  static final RowFingerprint NONE = new RowFingerprint(0, 0);

  static RowFingerprint of(String recording, String variant) {
    long hash = 0x9E3779B97F4A7C15L;
    String name = recording + "\0" + variant;
    for (int i = 0; i < name.length(); i++) {
      hash = 31 * hash + name.charAt(i);
    }
    return new RowFingerprint(1, mixed(hash));
  }

  /** Of the rows that a network is about to see. */
  static RowFingerprint of(JavaRDD<LabelledInput> inputs) {
    return inputs
        .filter(input -> input.part().isFirst())
        .map(row -> of(row.recording(), row.variant()))
        .fold(NONE, RowFingerprint::plus);
  }

  RowFingerprint plus(RowFingerprint other) {
    return new RowFingerprint(rows + other.rows, sum + other.sum);
  }

  /** As reports show it: {@code 1200 rows, 0f3a…}. */
  @Override
  public String toString() {
    return "%d rows, %016x".formatted(rows, sum);
  }

  /** The finaliser of MurmurHash3: names that differ in one character differ in every bit. */
  private static long mixed(long hash) {
    long mixed = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ mixed >>> 33;
  }
}
