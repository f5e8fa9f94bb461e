package ser.jobs.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ser.jobs.error.UserError;

/**
 * A large file on its way to the local disk: {@code NAME.part} until it is whole, with the server's
 * mark of its version (ETag or date) beside it, so that an interrupted download goes on where it
 * was, in another run too, unless the file has changed meanwhile (RFC 9110, If-Range).
 */
final class ResumableFile implements Http.Attempt {
  private static final int PARTIAL = 206;
  private static final int NOTHING_LEFT = 416;
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  private final RemoteFile remote;
  private final long limitBytes;
  private final Path whole;
  private final Path part;
  private final Path version;

  /**
   * @param limitBytes the largest size that is believed where the publisher says none
   */
  ResumableFile(RemoteFile remote, Path folder, long limitBytes) {
    this.remote = remote;
    this.limitBytes = remote.sizeBytes().orElse(limitBytes);
    this.whole = folder.resolve(remote.path().replaceAll("[^\\p{L}\\p{N}._-]", "_"));
    this.part = whole.resolveSibling(whole.getFileName() + ".part");
    this.version = whole.resolveSibling(whole.getFileName() + ".version");
  }

  /**
   * The file, fetched if it is not there.
   *
   * @throws UserError if its checksum is not the publisher's
   */
  Path fetched(Http http) throws IOException {
    if (!Files.exists(whole)) {
      requireSpace();
      http.get(remote.uri(), this);
      Files.move(part, whole);
      Files.deleteIfExists(version);
    }
    Optional<Checksum> checksum = remote.checksum();
    if (checksum.isPresent() && !checksum.get().fits(whole)) {
      long size = Files.size(whole);
      Files.delete(whole);
      throw new UserError(
          "Cannot use %s: its checksum is not the publisher's %s (%d bytes came). What came is removed: try again. If it stays so, the publisher has changed the file."
              .formatted(remote.uri(), checksum.get(), size));
    }
    return whole;
  }

  @Override
  public Map<String, String> headers() throws IOException {
    long there = progress();
    if (there == 0) {
      return Map.of();
    }
    String range = "bytes=" + there + "-";
    if (Files.exists(version)) {
      return Map.of("Range", range, "If-Range", Files.readString(version));
    }
    if (remote.checksum().isPresent()) {
      // Two halves of different versions will not have it.
      return Map.of("Range", range);
    }
    Files.delete(part);
    return Map.of();
  }

  @Override
  public boolean take(HttpResponse<InputStream> response, InputStream body) throws IOException {
    if (response.statusCode() == NOTHING_LEFT) {
      // The file became shorter, or all was there: from the beginning, to be sure.
      Files.deleteIfExists(part);
      return false;
    }
    Optional<Matcher> range =
        response.headers().firstValue("Content-Range").map(CONTENT_RANGE::matcher);
    boolean goesOn =
        response.statusCode() == PARTIAL
            && range.isPresent()
            && range.get().matches()
            && range.get().group(1).equals(Long.toString(progress()));
    if (!goesOn) {
      Files.deleteIfExists(part);
      if (response.statusCode() == PARTIAL) {
        return false;
      }
      remember(response);
    }
    try (OutputStream out =
        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      Http.copy(body, out, limitBytes - progress());
    }
    requireLength(response, goesOn && !range.get().group(2).equals("*") ? range : Optional.empty());
    return true;
  }

  @Override
  public long progress() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private void remember(HttpResponse<?> response) throws IOException {
    Optional<String> strong =
        response.headers().firstValue("ETag").filter(tag -> !tag.startsWith("W/"));
    Optional<String> mark = strong.or(() -> response.headers().firstValue("Last-Modified"));
    Files.deleteIfExists(version);
    if (mark.isPresent()) {
      Files.writeString(version, mark.get());
    }
  }

  private void requireLength(HttpResponse<?> response, Optional<Matcher> range) throws IOException {
    OptionalLong length = response.headers().firstValueAsLong("Content-Length");
    long there = progress();
    if (there > limitBytes) {
      Files.delete(part);
      throw new UserError(
          "Cannot use %s: it is longer than the %d bytes that it should have. The publisher may have changed the file."
              .formatted(remote.uri(), limitBytes));
    }
    if (range.isPresent() && there != Long.parseLong(range.get().group(2))
        || remote.sizeBytes().isPresent() && there != remote.sizeBytes().getAsLong()
        || response.statusCode() != PARTIAL && length.isPresent() && there != length.getAsLong()) {
      throw new IOException("the connection ended after %d bytes".formatted(there));
    }
  }

  private void requireSpace() throws IOException {
    long left = remote.sizeBytes().orElse(0) - progress();
    long free = Files.getFileStore(part.getParent()).getUsableSpace();
    if (left > free) {
      throw new UserError(
          "Cannot download %s: %s has %d bytes free, and %d are needed. Give a larger place with --cache."
              .formatted(remote.uri(), part.getParent(), free, left));
    }
  }
}
