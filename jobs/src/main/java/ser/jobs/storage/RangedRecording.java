package ser.jobs.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import ser.features.audio.SkippableInput;

/**
 * A recording of which only parts are read. S3A asks the store anew for what comes behind a gap.
 */
final class RangedRecording extends SkippableInput {
  private final FSDataInputStream in;
  private final long sizeBytes;

  /**
   * @param sizeBytes as listed
   */
  RangedRecording(FSDataInputStream in, long sizeBytes) {
    this.in = in;
    this.sizeBytes = sizeBytes;
  }

  @Override
  public int read() throws IOException {
    return in.read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return in.read(target, offset, length);
  }

  @Override
  public long skip(long count) throws IOException {
    long from = in.getPos();
    long skipped = Math.max(0, Math.min(count, sizeBytes - from));
    in.seek(from + skipped);
    return skipped;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
