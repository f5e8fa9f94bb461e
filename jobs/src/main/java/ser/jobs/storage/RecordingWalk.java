package ser.jobs.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import ser.jobs.error.UserError;

/**
 * The recordings under some folders or prefixes, one at a time, in no order. Each folder is listed
 * once and nothing is kept, so memory does not grow with their number. Files that begin with '.' or
 * '_' are not recordings, nor is what stands in such a folder.
 */
public final class RecordingWalk implements Iterator<RecordingFile>, AutoCloseable {
  private static final int MOST_FOLDERS = 32;

  private final List<Input> inputs = new ArrayList<>();
  private final Hidden hidden = new Hidden();
  private int current;

  private RecordingWalk() {}

  /**
   * Asks each input for its first recording, so that a wrong one shows before anything is done.
   *
   * @throws UserError if a path does not exist or holds nothing, or one input stands in another
   */
  public static RecordingWalk open(Storage storage, List<String> inputs) {
    RecordingWalk walk = new RecordingWalk();
    try {
      for (String given : inputs) {
        Input input = Input.open(storage, given, walk.hidden);
        walk.inputs.add(input);
        if (!input.hasNext()) {
          throw new UserError(
              "Cannot read recordings from %s: there is no file in it. Check the path or prefix."
                  .formatted(given));
        }
      }
      walk.requireApart();
      return walk;
    } catch (RuntimeException e) {
      walk.close();
      throw e;
    }
  }

  /**
   * Makes sure that the next run does not take what this one writes for recordings.
   *
   * @param output folder or prefix, which need not be there
   * @param tables names of folders in it that are the job's own
   * @throws UserError if it stands in an input, or is one, or an input stands in such a folder
   */
  public void requireOutside(Storage storage, String output, List<String> tables) {
    String inside = storage.qualified(output) + "/";
    for (Input input : inputs) {
      for (String table : tables) {
        if ((input.root + "/").startsWith(inside + table + "/")) {
          throw new UserError(
              "Cannot read recordings from %s: it is where the table '%s' of --output %s stands. Give an --output outside of it."
                  .formatted(input.given, table, output));
        }
      }
      if (input.finds(inside)) {
        throw new UserError(
            "Cannot write to %s: it stands in the input %s, where the next run would take its files for recordings. Give an --output outside of it."
                .formatted(output, input.given));
      }
    }
  }

  /**
   * @throws UserError if access is denied, or folders are linked in a circle
   */
  @Override
  public boolean hasNext() {
    while (current < inputs.size() && !inputs.get(current).hasNext()) {
      current++;
    }
    return current < inputs.size();
  }

  @Override
  public RecordingFile next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return inputs.get(current).next();
  }

  /** What was passed over so far for its name, in words; empty if nothing was. */
  public Optional<String> passedOver() {
    return hidden.count == 0
        ? Optional.empty()
        : Optional.of(
            "%d files or folders whose names begin with '.' or '_' are no recordings, beginning with %s"
                .formatted(hidden.count, hidden.first));
  }

  @Override
  public void close() {
    inputs.forEach(Input::close);
  }

  private void requireApart() {
    for (Input outer : inputs) {
      for (Input inner : inputs) {
        if (outer != inner && inner.standsIn(outer)) {
          throw new UserError(
              "Cannot read %s twice: it stands in %s, another of the inputs. Leave out the inner one."
                  .formatted(inner.given, outer.given));
        }
      }
    }
  }

  /** Counts what is passed over, so that it does not vanish without a word. */
  private static final class Hidden implements Consumer<String> {
    private long count;
    private String first = "";

    @Override
    public void accept(String name) {
      first = count == 0 ? name : first;
      count++;
    }
  }

  /** One folder, prefix or single file. */
  private static final class Input implements Closeable {
    private final String given;
    private final Path root;
    private final boolean single;
    private final RemoteIterator<RecordingFile> found;
    private final Consumer<String> passedOver;
    private RecordingFile next;

    private Input(
        String given,
        Path root,
        boolean single,
        RemoteIterator<RecordingFile> found,
        Consumer<String> passedOver) {
      this.passedOver = passedOver;
      this.given = given;
      this.root = root;
      this.single = single;
      this.found = found;
    }

    static Input open(Storage storage, String given, Consumer<String> passedOver) {
      Path path = Storage.path(given);
      try {
        FileSystem fs = storage.fileSystem(path);
        Path root = fs.makeQualified(path);
        boolean single = fs.getFileStatus(root).isFile();
        RemoteIterator<RecordingFile> found =
            fs instanceof LocalFileSystem && !single
                ? new LocalFiles(root, passedOver)
                : listed(fs, root, single);
        return new Input(given, root, single, found, passedOver);
      } catch (IOException e) {
        throw fault(e, given);
      }
    }

    boolean hasNext() {
      try {
        while (next == null && found.hasNext()) {
          RecordingFile file = found.next();
          requireNoLoop(file.recording());
          if (single || !hidden(file.recording())) {
            next = file;
          } else {
            passedOver.accept(file.recording());
          }
        }
        return next != null;
      } catch (IOException e) {
        throw fault(e, given);
      }
    }

    RecordingFile next() {
      RecordingFile file = next;
      next = null;
      return file;
    }

    boolean standsIn(Input outer) {
      String inside = root + "/";
      return inside.equals(outer.root + "/")
          || (!outer.single
              && inside.startsWith(outer.root.isRoot() ? "" + outer.root : outer.root + "/"));
    }

    /** Whether what stands in a folder would be found, not being hidden. */
    boolean finds(String folder) {
      String prefix = root.isRoot() ? "" + root : root + "/";
      return !single && folder.startsWith(prefix) && !hidden(folder.substring(prefix.length()));
    }

    @Override
    public void close() {
      if (found instanceof LocalFiles files) {
        files.close();
      }
    }

    private static RemoteIterator<RecordingFile> listed(FileSystem fs, Path root, boolean single)
        throws IOException {
      RemoteIterator<LocatedFileStatus> files = fs.listFiles(root, true);
      String prefix = (single ? root.getParent() : root).toUri().getPath();
      return new RemoteIterator<>() {
        @Override
        public boolean hasNext() throws IOException {
          return files.hasNext();
        }

        @Override
        public RecordingFile next() throws IOException {
          LocatedFileStatus file = files.next();
          Path path = file.getPath();
          return new RecordingFile(
              path.toString(),
              relative(prefix, path.toUri().getPath()),
              file.getLen(),
              file.getModificationTime());
        }
      };
    }

    /** A link to a folder around it would repeat every recording until Linux gives up, at 40. */
    private void requireNoLoop(String name) {
      if (name.split("/").length > MOST_FOLDERS) {
        throw new UserError(
            "Cannot read recordings from %s: more than %d folders stand inside each other, as in %s. Remove the symbolic link that points to a folder around it."
                .formatted(given, MOST_FOLDERS, name));
      }
    }

    private static boolean hidden(String name) {
      for (String part : name.split("/")) {
        if (LocalFiles.hidden(part)) {
          return true;
        }
      }
      return false;
    }

    private static String relative(String prefix, String path) {
      String root = prefix.endsWith("/") ? prefix : prefix + "/";
      return path.startsWith(root) ? path.substring(root.length()) : path;
    }

    private static RuntimeException fault(IOException e, String given) {
      String path =
          e instanceof FileSystemException named && named.getFile() != null
              ? named.getFile()
              : given;
      return StorageFault.of(e, "read recordings from", path);
    }
  }
}
