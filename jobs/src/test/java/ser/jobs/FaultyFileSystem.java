package ser.jobs;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under {@code faulty:///}, where files called {@code unreadable} cannot be read and
 * those called {@code flaky} only from the second time on, and those called {@code vanishing} are
 * gone when they are opened. An operation that the system property {@value #HALT} names ends the
 * process as kill -9 does: {@code delete 2 .*x} is the second deletion of a path that matches. Each
 * one that {@value #FAIL} names fails as on a full disk: {@code create .*x}; or the next one alone,
 * which clears the property: {@code create-once .*x}.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  static final String HALT = "ser.test.halt";
  public static final String FAIL = "ser.test.fail";

  private static final URI NAME = URI.create("faulty:///");

  private static final AtomicInteger HALTABLE = new AtomicInteger();

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
  public boolean delete(Path path, boolean recursive) throws IOException {
    haltIfNamed("delete", path);
    return super.delete(path, recursive);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    haltIfNamed("rename", to);
    return super.rename(from, to);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    haltIfNamed("create", file);
    failIfNamed("create", file);
    return super.create(file, overwrite, bufferSize, replication, blockSize, progress);
  }

  private static void haltIfNamed(String operation, Path path) {
    String[] halt = System.getProperty(HALT, "none 0 -").split(" ", 3);
    if (operation.equals(halt[0])
        && path.toUri().getPath().matches(halt[2])
        && HALTABLE.incrementAndGet() == Integer.parseInt(halt[1])) {
      Runtime.getRuntime().halt(137);
    }
  }

  private static void failIfNamed(String operation, Path path) throws IOException {
    String[] fail = System.getProperty(FAIL, "none -").split(" ", 2);
    boolean once = fail[0].equals(operation + "-once");
    if ((once || operation.equals(fail[0])) && path.toUri().getPath().matches(fail[1])) {
      if (once) {
        System.clearProperty(FAIL);
      }
      throw new IOException("No space left on device");
    }
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    haltIfNamed("open", file);
    if (file.toString().contains("vanishing")) {
      super.delete(file, false);
    }
    if (file.toString().contains("unreadable")
        || (file.toString().contains("flaky") && FLAKY_OPENED.getAndIncrement() == 0)) {
      throw new IOException("Connection reset by peer");
    }
    return super.open(file, bufferSize);
  }
}
