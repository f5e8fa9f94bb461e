package ser.jobs.corpus;

import java.io.IOException;
import java.util.List;

/** How a publisher says which files a corpus has. */
interface Listing {

  /**
   * All files that the publisher lists, whether or not they are wanted.
   *
   * @throws ser.jobs.error.UserError if the answer is not what such a publisher gives
   * @throws IOException if the publisher cannot be reached
   */
  List<RemoteFile> files() throws IOException;
}
