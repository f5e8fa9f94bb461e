package ser.features.audio;

import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes that can be passed over without being read, as those of an object that is read by ranges.
 */
public abstract class SkippableInput extends InputStream {
  /**
   * Passes over bytes.
   *
   * @param count how many
   * @return {@code count}, less only at the end: unlike with other streams, these bytes are there
   * @throws IOException if the storage fails
   */
  @Override
  public abstract long skip(long count) throws IOException;
}
