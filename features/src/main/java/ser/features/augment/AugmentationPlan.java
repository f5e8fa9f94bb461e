package ser.features.augment;

import static ser.features.spec.Require.require;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import ser.features.audio.Clip;

/**
 * Which variants of each recording are made. Everything that chance decides is decided by the seed,
 * the recording's name, the kind of variant and the number of the copy: not by the order of the
 * recordings, nor by how many machines share them, nor by the other kinds in the plan.
 *
 * @param seed of all draws
 * @param copies by kind, each kind once
 */
public record AugmentationPlan(long seed, List<Copies> copies) implements Serializable {
  /** The names that kinds of variants have. */
  public static final List<String> KINDS =
      List.of("noise", "pitch", "stretch", "speed", "telephone");

  private static final int COUNT = 0;

  public AugmentationPlan {
    copies = List.copyOf(copies);
    long kinds = copies.stream().map(one -> one.augmentation().variant()).distinct().count();
    require(kinds == copies.size(), "each kind of variant must be named once");
  }

  /**
   * How many copies of one kind.
   *
   * @param augmentation makes them
   * @param perRecording from 0 to 100; a fraction is the share of recordings that get one more: 0.7
   *     gives one to seven in ten
   */
  public record Copies(Augmentation augmentation, double perRecording) implements Serializable {
    public Copies {
      require(
          perRecording >= 0 && perRecording <= 100,
          "%s copies per recording must be from 0 to 100",
          perRecording);
    }
  }

  /**
   * A variant that is to be made.
   *
   * @param name in column {@code variant}: the kind, from the second copy on with its number, as
   *     {@code noise-2}
   * @param augmentation makes it
   * @param seed of its draws
   */
  public record Planned(String name, Augmentation augmentation, long seed) {
    public Augmented apply(Clip clip) {
      return augmentation.apply(clip, new SplittableRandom(seed));
    }
  }

  /** Copies that a recording has on average, beside itself. */
  public double copiesPerRecording() {
    return copies.stream().mapToDouble(Copies::perRecording).sum();
  }

  /** The variants of one recording, kind after kind. */
  public List<Planned> of(String recording) {
    List<Planned> planned = new ArrayList<>();
    for (Copies kind : copies) {
      String variant = kind.augmentation().variant();
      double more = new SplittableRandom(seedOf(recording, variant, COUNT)).nextDouble();
      int count = (int) Math.floor(kind.perRecording());
      count += more < kind.perRecording() - count ? 1 : 0;
      for (int copy = 1; copy <= count; copy++) {
        planned.add(
            new Planned(
                copy == 1 ? variant : variant + "-" + copy,
                kind.augmentation(),
                seedOf(recording, variant, copy)));
      }
    }
    return planned;
  }

  /** First eight bytes of the SHA-256 of all that decides. */
  private long seedOf(String recording, String variant, int copy) {
    byte[] name = recording.getBytes(StandardCharsets.UTF_8);
    byte[] kind = variant.getBytes(StandardCharsets.UTF_8);
    ByteBuffer address =
        ByteBuffer.allocate(2 * Long.BYTES + kind.length + name.length)
            .putLong(seed)
            .putInt(copy)
            .putInt(kind.length)
            .put(kind)
            .put(name);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(address.array());
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
