package ser.jobs.storage;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import ser.features.audio.SkippableInput;
import ser.jobs.error.UserError;

/** Files and objects through Hadoop's FileSystem. Paths are literal, never patterns. */
public final class Storage {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String LOCAL = "file";

  private final Configuration hadoop;

  public Storage(Configuration hadoop) {
    this.hadoop = hadoop;
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
      if (isFolder(fs, file)) {
        // Hadoop would move the draft into it, under the draft's name.
        throw new UserError(
            "Cannot write %s: a folder stands there. Give the path of a file.".formatted(path));
      }
      Path draft = new Path(file.getParent(), "." + file.getName() + ".draft");
      try {
        writeTo(fs, draft, bytes);
        replace(fs, fs.makeQualified(draft), fs.makeQualified(file));
      } catch (IOException e) {
        discard(fs, draft, e);
        throw e;
      }
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
    return List.copyOf(sizes(folder).keySet());
  }

  /** Bytes of the files under a folder by their paths. */
  public Map<String, Long> sizes(String folder) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    listed(folder).forEach(file -> sizes.put(file.getPath().toString(), file.getLen()));
    return sizes;
  }

  /** What a listing says of the files under a folder, or nothing if there is no such folder. */
  public List<FileStatus> listed(String folder) {
    Path root = path(folder);
    List<FileStatus> files = new ArrayList<>();
    try {
      FileSystem fs = fileSystem(root);
      if (fs instanceof LocalFileSystem) {
        addFiles(plain(fs), root, files);
        return files;
      }
      RemoteIterator<LocatedFileStatus> listed = fs.listFiles(root, true);
      while (listed.hasNext()) {
        files.add(listed.next());
      }
      return files;
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw StorageFault.of(e, "list", folder);
    }
  }

  /**
   * Paths of what stands directly in a folder, or nothing if there is no such folder. Unlike {@link
   * #files} it asks nothing more of a file, which may be gone meanwhile: a lock comes and goes.
   */
  public List<String> entries(String folder) {
    Path root = path(folder);
    List<String> entries = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> listed = plain(fileSystem(root)).listStatusIterator(root);
      while (listed.hasNext()) {
        entries.add(listed.next().getPath().toString());
      }
      return entries;
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw StorageFault.of(e, "list", folder);
    }
  }

  /** A path from the root of its file system, without scheme; relative ones begin where we are. */
  public String absolute(String path) {
    return new Path(qualified(path)).toUri().getPath();
  }

  /** A path with scheme and store; relative ones begin where we are. */
  public String qualified(String path) {
    Path file = path(path);
    try {
      return fileSystem(file).makeQualified(file).toString();
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

  /** Removes a folder unless something stands in it; a missing one is no fault. */
  public void deleteIfEmpty(String folder) {
    Path path = path(folder);
    try {
      FileSystem fs = fileSystem(path);
      if (fs.exists(path) && fs.listStatus(path).length == 0) {
        fs.delete(path, false);
      }
    } catch (IOException e) {
      throw StorageFault.of(e, "delete", folder);
    }
  }

  /**
   * A recording that is known by name.
   *
   * @return nothing if there is no file
   */
  public Optional<RecordingFile> recording(String uri, String recording) {
    Path file = path(uri);
    try {
      FileStatus status = plain(fileSystem(file)).getFileStatus(file);
      return Optional.of(
          new RecordingFile(uri, recording, status.getLen(), status.getModificationTime()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StorageFault.of(e, "read", uri);
    }
  }

  /**
   * Opens a recording for one forward read, buffered. One that was listed without bytes is not
   * asked for: it may be a link to nothing, or no regular file.
   *
   * @throws IOException if the storage fails
   */
  public InputStream open(RecordingFile recording) throws IOException {
    return recording.sizeBytes() == 0
        ? InputStream.nullInputStream()
        : new BufferedInputStream(opened(recording), BUFFER_BYTES);
  }

  /** Whether a recording stands on a disk of this machine, as far as its path tells. */
  boolean isLocal(RecordingFile recording) {
    String scheme = path(recording.uri()).toUri().getScheme();
    return LOCAL.equals(scheme == null ? FileSystem.getDefaultUri(hadoop).getScheme() : scheme);
  }

  /**
   * Opens a recording of which only parts are read, one behind the other.
   *
   * @throws IOException if the storage fails
   */
  public SkippableInput openRanged(RecordingFile recording) throws IOException {
    return new RangedRecording(opened(recording), recording.sizeBytes());
  }

  private FSDataInputStream opened(RecordingFile recording) throws IOException {
    Path file = new Path(recording.uri());
    try {
      FileSystem fs = plain(fileSystem(file));
      return fs.openFile(file)
          .withFileStatus(ListedStatus.of(fs, fs.makeQualified(file), recording))
          // One request up to the object's end, instead of one for every few KB. A jump forward
          // ends it and makes the next one.
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

  private static void writeTo(FileSystem fs, Path file, byte[] bytes) throws IOException {
    try (OutputStream out = fs.create(file, true)) {
      out.write(bytes);
    }
  }

  /** A full disk is not kept full by what did not fit on it. */
  private static void discard(FileSystem fs, Path draft, IOException fault) {
    try {
      fs.delete(draft, false);
    } catch (IOException e) {
      fault.addSuppressed(e);
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
   * Hadoop's listFiles starts a process for each local file, to learn its permissions, and fails if
   * the file is gone by then: a lock comes and goes.
   */
  private static void addFiles(FileSystem local, Path folder, List<FileStatus> files)
      throws IOException {
    for (FileStatus status : local.listStatus(folder)) {
      Path path = status.getPath();
      if (status.isDirectory()) {
        addFiles(local, path, files);
      } else if (!ChecksumFileSystem.isChecksumFile(path)) {
        files.add(status);
      }
    }
  }

  /**
   * Local files without Hadoop's checksum files: those are replaced after the file itself, so that
   * a reader meanwhile sees an error, and their names cannot have a ':'.
   */
  private static FileSystem plain(FileSystem fs) {
    return fs instanceof LocalFileSystem local ? local.getRaw() : fs;
  }

  private static boolean isFolder(FileSystem fs, Path path) throws IOException {
    try {
      return fs.getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private static boolean isObjectStore(FileSystem fs) {
    return fs.getUri().getScheme().startsWith("s3");
  }

  static Path path(String text) {
    try {
      return new Path(text);
    } catch (IllegalArgumentException e) {
      throw new UserError("Cannot use the path '%s': %s.".formatted(text, e.getMessage()), e);
    }
  }

  FileSystem fileSystem(Path path) throws IOException {
    return path.getFileSystem(hadoop);
  }
}
