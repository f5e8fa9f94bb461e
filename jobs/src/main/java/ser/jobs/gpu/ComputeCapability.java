package ser.jobs.gpu;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What code a GPU can run, as NVIDIA counts it.
 *
 * @param major the architecture: 8 is Ampere and Ada, 9 Hopper
 * @param minor its variant
 */
record ComputeCapability(int major, int minor)
    implements Comparable<ComputeCapability>, Serializable {
  /**
   * What the kernels of nd4j-cuda-11.6 1.0.0-M2.1 are compiled for. They hold no PTX, which newer
   * GPUs could translate; 8.9 runs the binaries of 8.6, as CUDA promises within an architecture.
   */
  static final String SUPPORTED = "3.7 to 8.6 and 8.9";

  private static final ComputeCapability FIRST = new ComputeCapability(3, 7);
  private static final ComputeCapability LAST = new ComputeCapability(8, 6);
  private static final ComputeCapability ADA = new ComputeCapability(8, 9);

  private static final Pattern FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})");

  ComputeCapability {
    if (major < 1 || minor < 0) {
      throw new IllegalArgumentException("no GPU has %d.%d".formatted(major, minor));
    }
  }

  /**
   * @param text {@code 8.6}
   * @throws IllegalArgumentException if it is not of that form
   */
  static ComputeCapability parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'%s' is no compute capability".formatted(text.strip()));
    }
    return new ComputeCapability(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** True if the CUDA backend has kernels for it. */
  boolean supported() {
    return equals(ADA) || (compareTo(FIRST) >= 0 && compareTo(LAST) <= 0);
  }

  @Override
  public int compareTo(ComputeCapability other) {
    int byMajor = Integer.compare(major, other.major);
    return byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
