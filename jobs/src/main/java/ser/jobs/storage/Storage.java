package ser.jobs.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import ser.jobs.UserError;

/** Files and objects through Hadoop's FileSystem. Paths are literal, never patterns. */
public final class Storage {
  private static final int MOST_FOLDERS = 32;

  private final Configuration hadoop;

  public Storage(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * All recordings under some folders or prefixes, each listed once, in the order of their names.
   * Files that begin with '.' or '_' are not recordings, nor is what stands in such a folder.
   *
   * @throws UserError if a path does not exist, holds nothing or a link to a folder around it, or
   *     two inputs hold the same file or the same name
   */
  public List<RecordingFile> recordings(List<String> inputs) {
    Map<String, RecordingFile> byName = new HashMap<>();
    Set<String> uris = new HashSet<>();
    for (String input : inputs) {
      List<RecordingFile> found = recordingsUnder(input);
      if (found.isEmpty()) {
        throw new UserError(
            "Cannot read recordings from %s: there is no file in it. Check the path or prefix."
                .formatted(input));
      }
      for (RecordingFile file : found) {
        if (!uris.add(file.uri())) {
          throw new UserError(
              "Cannot read %s twice: it stands under two of the inputs. Leave out the inner one."
                  .formatted(file.uri()));
        }
        RecordingFile other = byName.put(file.recording(), file);
        if (other != null) {
          throw new UserError(
              "Cannot read %s and %s in one run: both would be called '%s'. Give their common parent as the input."
                  .formatted(other.uri(), file.uri(), file.recording()));
        }
      }
    }
    List<RecordingFile> sorted = new ArrayList<>(byName.values());
    sorted.sort((a, b) -> a.recording().compareTo(b.recording()));
    return sorted;
  }

  /**
   * A whole small file.
   *
   * @throws UserError if it does not exist, cannot be accessed or is larger than the limit
   */
  public byte[] read(String path, long limitBytes) {
    Path file = path(path);
    try {
      FileSystem fs = plain(fileSystem(file));
      FileStatus status = fs.getFileStatus(file);
      if (status.isDirectory() || status.getLen() > limitBytes) {
        throw new UserError(
            "Cannot read %s: it is %s. Check the path."
                .formatted(
                    path,
                    status.isDirectory()
                        ? "a folder, not a file"
                        : "%d bytes long, more than the %d that such a file may have"
                            .formatted(status.getLen(), limitBytes)));
      }
      try (InputStream in = fs.open(file)) {
        return in.readAllBytes();
      }
    } catch (IOException e) {
      throw StorageFault.of(e, "read", path);
    }
  }

  /** Writes a whole small file that appears complete or not at all, replacing what was there. */
  public void write(String path, byte[] bytes) {
    Path file = path(path);
    try {
      FileSystem fs = plain(fileSystem(file));
      if (isObjectStore(fs)) {
        // An object appears when its stream is closed; a rename would be a copy.
        writeTo(fs, file, bytes);
        return;
      }
      Path draft = new Path(file.getParent(), "." + file.getName() + ".draft");
      writeTo(fs, draft, bytes);
      replace(fs, fs.makeQualified(draft), fs.makeQualified(file));
    } catch (IOException e) {
      throw StorageFault.of(e, "write", path);
    }
  }

  public boolean exists(String path) {
    Path file = path(path);
    try {
      return fileSystem(file).exists(file);
    } catch (IOException e) {
      throw StorageFault.of(e, "look for", path);
    }
  }

  /** Paths of the files under a folder, or nothing if there is no such folder. */
  public List<String> files(String folder) {
    Path root = path(folder);
    List<String> files = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> listed = fileSystem(root).listFiles(root, true);
      while (listed.hasNext()) {
        files.add(listed.next().getPath().toString());
      }
      return files;
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw StorageFault.of(e, "list", folder);
    }
  }

  /** A path from the root of its file system, without scheme; relative ones begin where we are. */
  String absolute(String path) {
    Path file = path(path);
    try {
      return fileSystem(file).makeQualified(file).toUri().getPath();
    } catch (IOException e) {
      throw StorageFault.of(e, "look for", path);
    }
  }

  public void delete(String path) {
    Path file = path(path);
    try {
      fileSystem(file).delete(file, true);
    } catch (IOException e) {
      throw StorageFault.of(e, "delete", path);
    }
  }

  /**
   * Opens a recording for one forward read.
   *
   * @throws IOException if the storage fails
   */
  public InputStream open(RecordingFile recording) throws IOException {
    Path file = new Path(recording.uri());
    try {
      return plain(fileSystem(file))
          .openFile(file)
          // One request for the whole object, instead of one per seek.
          .opt("fs.s3a.experimental.input.fadvise", "sequential")
          .build()
          .get();
    } catch (ExecutionException | CompletionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("Cannot open " + recording.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while opening " + recording.uri(), e);
    }
  }

  private List<RecordingFile> recordingsUnder(String input) {
    Path given = path(input);
    List<RecordingFile> found = new ArrayList<>();
    try {
      FileSystem fs = fileSystem(given);
      Path root = fs.makeQualified(given);
      boolean single = fs.getFileStatus(root).isFile();
      String prefix = (single ? root.getParent() : root).toUri().getPath();
      RemoteIterator<LocatedFileStatus> listed = fs.listFiles(root, true);
      while (listed.hasNext()) {
        LocatedFileStatus file = listed.next();
        String name = relative(prefix, file.getPath().toUri().getPath());
        requireNoLoop(input, name);
        if (single || !hidden(name)) {
          found.add(new RecordingFile(file.getPath().toString(), name, file.getLen()));
        }
      }
      return found;
    } catch (IOException e) {
      throw StorageFault.of(e, "read recordings from", input);
    }
  }

  /** A link to a folder around it would repeat every recording until Linux gives up, at 40. */
  private static void requireNoLoop(String input, String name) {
    if (name.split("/").length > MOST_FOLDERS) {
      throw new UserError(
          "Cannot read recordings from %s: more than %d folders stand inside each other, as in %s. Remove the symbolic link that points to a folder around it."
              .formatted(input, MOST_FOLDERS, name));
    }
  }

  private static boolean hidden(String name) {
    for (String part : name.split("/")) {
      if (part.startsWith(".") || part.startsWith("_")) {
        return true;
      }
    }
    return false;
  }

  private static String relative(String prefix, String path) {
    String root = prefix.endsWith("/") ? prefix : prefix + "/";
    return path.startsWith(root) ? path.substring(root.length()) : path;
  }

  private static void writeTo(FileSystem fs, Path file, byte[] bytes) throws IOException {
    try (OutputStream out = fs.create(file, true)) {
      out.write(bytes);
    }
  }

  private void replace(FileSystem fs, Path draft, Path file) throws IOException {
    if (!(fs instanceof RawLocalFileSystem)) {
      // FileContext's rename replaces in one step, FileSystem's does not replace at all.
      FileContext.getFileContext(fs.getUri(), hadoop).rename(draft, file, Options.Rename.OVERWRITE);
    } else if (!fs.rename(draft, file)) {
      // Here it is the other way round: FileContext first deletes, FileSystem calls rename(2).
      throw new IOException("the draft %s cannot be renamed".formatted(draft));
    }
  }

  /**
   * Local files without Hadoop's checksum files: those are replaced after the file itself, so that
   * a reader meanwhile sees an error, and their names cannot have a ':'.
   */
  private static FileSystem plain(FileSystem fs) {
    return fs instanceof LocalFileSystem local ? local.getRaw() : fs;
  }

  private static boolean isObjectStore(FileSystem fs) {
    return fs.getUri().getScheme().startsWith("s3");
  }

  private static Path path(String text) {
    try {
      return new Path(text);
    } catch (IllegalArgumentException e) {
      throw new UserError("Cannot use the path '%s': %s.".formatted(text, e.getMessage()), e);
    }
  }

  private FileSystem fileSystem(Path path) throws IOException {
    return path.getFileSystem(hadoop);
  }
}
