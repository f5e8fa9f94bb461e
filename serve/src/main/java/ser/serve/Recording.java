package ser.serve;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is named on the command line: a file, standard input, or something that is neither. */
sealed interface Recording {

  /** As the user wrote it, or as its pattern found it. */
  String name();

  /** A file. */
  record OfFile(String name, Path path) implements Recording {
    InputStream open() throws IOException {
      return new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    }
  }

  /** Standard input, which can be read once. */
  record OfStandardInput(String name, InputStream in) implements Recording {}

  /**
   * Nothing.
   *
   * @param why one sentence
   */
  record Missing(String name, String why) implements Recording {}
}
