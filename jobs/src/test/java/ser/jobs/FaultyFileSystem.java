package ser.jobs;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The local disk under {@code faulty:///}, where files called {@code unreadable} cannot be read and
 * those called {@code flaky} only from the second time on.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  private static final URI NAME = URI.create("faulty:///");

  /** How often a flaky file was opened since {@link #reset}. */
  private static final AtomicInteger FLAKY_OPENED = new AtomicInteger();

  static void reset() {
    FLAKY_OPENED.set(0);
  }

  static int timesFlakyWasOpened() {
    return FLAKY_OPENED.get();
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public String getScheme() {
    return NAME.getScheme();
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return plain(super.getFileStatus(path));
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    return Arrays.stream(super.listStatus(folder))
        .map(FaultyFileSystem::plain)
        .toArray(FileStatus[]::new);
  }

  /** Without what can be asked of {@code file:} URIs only. */
  private static FileStatus plain(FileStatus status) {
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        1,
        status.getBlockSize(),
        status.getModificationTime(),
        status.getPath());
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    if (file.toString().contains("unreadable")
        || (file.toString().contains("flaky") && FLAKY_OPENED.getAndIncrement() == 0)) {
      throw new IOException("Connection reset by peer");
    }
    return super.open(file, bufferSize);
  }
}
