package ser.jobs.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.RemoteIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files under a local folder, links followed. Hadoop's own listing holds a whole folder in memory,
 * and drops links to nothing and names that are not UTF-8 without a word; here those are recordings
 * that cannot be reached, and the log names them.
 */
final class LocalFiles implements RemoteIterator<RecordingFile>, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFiles.class);

  private static final String KEPT = "rows that the tables have of it stay";

  private final String root;
  private final Consumer<String> passedOver;
  private final Deque<Folder> open = new ArrayDeque<>();
  private RecordingFile next;

  /**
   * A folder that is being read.
   *
   * @param name path under the root with a slash behind, or nothing for the root
   */
  private record Folder(String name, DirectoryStream<Path> stream, Iterator<Path> entries) {
    static Folder open(String name, Path path) throws IOException {
      DirectoryStream<Path> stream = Files.newDirectoryStream(path);
      return new Folder(name, stream, stream.iterator());
    }
  }

  /**
   * @param passedOver receives the paths of hidden files, and of hidden folders as a whole
   */
  LocalFiles(org.apache.hadoop.fs.Path root, Consumer<String> passedOver) throws IOException {
    this.passedOver = passedOver;
    this.root = root.toUri().getPath();
    open.push(Folder.open("", Path.of(this.root)));
  }

  static boolean hidden(String fileName) {
    return fileName.startsWith(".") || fileName.startsWith("_");
  }

  @Override
  public boolean hasNext() throws IOException {
    try {
      while (next == null && !open.isEmpty()) {
        Folder folder = open.peek();
        if (folder.entries().hasNext()) {
          visit(folder, folder.entries().next());
        } else {
          open.pop().stream().close();
        }
      }
      return next != null;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  @Override
  public RecordingFile next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    RecordingFile file = next;
    next = null;
    return file;
  }

  @Override
  public void close() {
    for (Folder folder : open) {
      try {
        folder.stream().close();
      } catch (IOException e) {
        LOG.debug("Cannot close {}", folder.name(), e);
      }
    }
    open.clear();
  }

  private void visit(Folder folder, Path path) throws IOException {
    String fileName = path.getFileName().toString();
    String name = folder.name() + fileName;
    if (hidden(fileName)) {
      passedOver.accept(name);
      return;
    }
    if (!Files.exists(Path.of(path.toString()), LinkOption.NOFOLLOW_LINKS)) {
      // Its name lost bytes on the way to a String; or it was removed after it was listed.
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        LOG.warn("{} cannot be opened: its name is not UTF-8. Rename it; {}", path, KEPT);
        next = RecordingFile.unreachable(uri(name), name);
      }
      return;
    }
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      if (Files.isSymbolicLink(path)) {
        LOG.warn(
            "{} points to {}, which cannot be reached; {}",
            path,
            Files.readSymbolicLink(path),
            KEPT);
        next = RecordingFile.unreachable(uri(name), name);
        return;
      }
      if (e instanceof NoSuchFileException) {
        return;
      }
      throw e;
    }
    if (attributes.isDirectory()) {
      open.push(Folder.open(name + "/", path));
    } else if (attributes.isRegularFile()) {
      next =
          new RecordingFile(
              uri(name), name, attributes.size(), attributes.lastModifiedTime().toMillis());
    } else {
      LOG.warn("{} is no regular file; {}", path, KEPT);
      next = RecordingFile.unreachable(uri(name), name);
    }
  }

  private String uri(String name) {
    return new org.apache.hadoop.fs.Path("file", null, root + "/" + name).toString();
  }
}
