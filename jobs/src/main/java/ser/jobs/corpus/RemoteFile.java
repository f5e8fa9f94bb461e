package ser.jobs.corpus;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file as its publisher lists it.
 *
 * @param path under the corpus's root, with slashes
 * @param uri where it is
 * @param sizeBytes empty if nobody says
 * @param checksum empty if nobody says
 */
record RemoteFile(String path, URI uri, OptionalLong sizeBytes, Optional<Checksum> checksum) {

  boolean isArchive() {
    return path.toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  RemoteFile withChecksum(Checksum known) {
    return new RemoteFile(path, uri, sizeBytes, Optional.of(known));
  }

  /** A path behind an address, with what URIs cannot have encoded. */
  static URI under(String address, String path) {
    try {
      return URI.create(address + new URI(null, null, "/" + path, null).getRawPath());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("'%s' is no path".formatted(path), e);
    }
  }
}
