package ser.model;

import static ser.model.Require.require;

import java.io.Serializable;

/**
 * A piece of a recording.
 *
 * @param startSample first sample, counted from the recording's start
 * @param endSample the sample after the last one, never beyond the recording's end
 */
public record Window(long startSample, long endSample) implements Serializable {
  public Window {
    require(
        startSample >= 0 && startSample < endSample,
        "window from sample %s to %s must not be empty nor start before the recording",
        startSample,
        endSample);
  }

  public long samples() {
    return endSample - startSample;
  }
}
