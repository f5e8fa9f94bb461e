package ser.jobs.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import ser.jobs.error.UserError;

/** Takes recordings out of an archive that need not be honest. */
final class ZipRecordings {
  private final Limits limits;

  /**
   * What an archive may hold at most; declared sizes are not believed.
   *
   * @param entries of all kinds
   * @param entryBytes of one recording, unpacked
   * @param totalBytes of all recordings, unpacked
   */
  record Limits(int entries, int entryBytes, long totalBytes) {
    /** Several times the largest corpus of acted emotions. */
    static final Limits USUAL = new Limits(200_000, 128 << 20, 64L << 30);
  }

  /** Where recordings go. */
  interface Sink {
    void write(String path, byte[] bytes) throws IOException;
  }

  ZipRecordings(Limits limits) {
    this.limits = limits;
  }

  /**
   * Hands out recordings one after the other, after a look at the names of all.
   *
   * @param taken which entries
   * @throws UserError if the archive is damaged, holds more than it may, or a name in it leads out
   *     of the folder that it is unpacked into: then nothing has been written
   */
  void forEach(Path archive, Predicate<String> taken, Sink sink) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      long total = 0;
      for (ZipEntry entry : entries(zip, archive, taken)) {
        byte[] bytes = read(zip, entry, archive);
        total += bytes.length;
        if (total > limits.totalBytes()) {
          throw refused(archive, "it holds more than %d bytes".formatted(limits.totalBytes()));
        }
        sink.write(entry.getName(), bytes);
      }
    } catch (ZipException e) {
      throw refused(archive, "it is no sound zip archive (%s)".formatted(e.getMessage()));
    }
  }

  private List<ZipEntry> entries(ZipFile zip, Path archive, Predicate<String> taken) {
    if (zip.size() > limits.entries()) {
      throw refused(archive, "it holds %d entries".formatted(zip.size()));
    }
    List<ZipEntry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      requireInside(name, archive);
      if (!entry.isDirectory() && taken.test(name) && !hidden(name)) {
        if (!names.add(name)) {
          throw refused(archive, "it holds '%s' twice".formatted(name));
        }
        entries.add(entry);
      }
    }
    return entries;
  }

  private static void requireInside(String name, Path archive) {
    leadsOut(name)
        .ifPresent(
            why -> {
              throw refused(archive, why);
            });
  }

  /** What is wrong with a name that would stand outside the folder it is written to. */
  static Optional<String> leadsOut(String name) {
    boolean out =
        name.startsWith("/")
            || name.contains("\\")
            || name.matches("(?s).*\\p{Cntrl}.*|[A-Za-z]:.*")
            || Arrays.asList(name.split("/")).contains("..");
    return out
        ? Optional.of(
            "its entry '%s' leads out of the folder".formatted(name.replaceAll("\\p{Cntrl}", "?")))
        : Optional.empty();
  }

  /** As Macs add them, and what extract would not see. */
  private static boolean hidden(String name) {
    return Arrays.stream(name.split("/"))
        .anyMatch(part -> part.startsWith(".") || part.startsWith("_"));
  }

  private byte[] read(ZipFile zip, ZipEntry entry, Path archive) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = zip.getInputStream(entry)) {
      if (Http.copy(in, bytes, limits.entryBytes()) > limits.entryBytes()) {
        throw refused(
            archive,
            "'%s' is larger than %d bytes".formatted(entry.getName(), limits.entryBytes()));
      }
    }
    CRC32 crc = new CRC32();
    crc.update(bytes.toByteArray());
    if (crc.getValue() != entry.getCrc()) {
      // ZipFile itself does not look.
      throw new ZipException("'%s' is damaged".formatted(entry.getName()));
    }
    return bytes.toByteArray();
  }

  private static UserError refused(Path archive, String why) {
    return new UserError(
        "Cannot unpack %s: %s. Remove it and download it again; if it stays so, do not trust it."
            .formatted(archive, why));
  }
}
