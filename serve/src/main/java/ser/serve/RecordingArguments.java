package ser.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * From arguments to recordings. A file of that very name comes first, whatever signs the name has;
 * else {@code * ? [ ] { }} make a pattern, for shells that expand none and for quoted ones.
 */
final class RecordingArguments {
  private static final String STANDARD_INPUT = "-";
  private static final String NOT_HERE =
      "It is not on this machine, and predict reads local files. Pipe it in:"
          + " 'aws s3 cp s3://BUCKET/KEY - | submit/ser predict --model FILE -'."
          + " Whole folders are for 'submit/ser score --input s3a://…'.";

  private final InputStream in;

  RecordingArguments(InputStream in) {
    this.in = in;
  }

  /**
   * Recordings in the order of the arguments, those of a pattern by name.
   *
   * @throws UserError if standard input stands twice
   */
  List<Recording> expand(List<String> arguments) {
    if (arguments.stream().filter(STANDARD_INPUT::equals).count() > 1) {
      throw new UserError("Cannot read standard input twice: give - once.");
    }
    List<Recording> recordings = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.equals(STANDARD_INPUT)) {
        recordings.add(new Recording.OfStandardInput(argument, in));
      } else {
        recordings.addAll(found(argument));
      }
    }
    return recordings;
  }

  private static List<Recording> found(String argument) {
    Path path = Path.of(argument);
    if (Files.isDirectory(path)) {
      return missing(argument, "It is a folder. Name its recordings: '%s/*.wav'.", argument);
    }
    if (Files.exists(path)) {
      return List.of(new Recording.OfFile(argument, path));
    }
    if (Elsewhere.isAddress(argument)) {
      return missing(argument, "%s", NOT_HERE);
    }
    if (!isPattern(argument)) {
      return missing(argument, "There is no such file.");
    }
    try {
      List<Recording> recordings = new ArrayList<>();
      for (Path match : matches(path)) {
        if (!Files.isDirectory(match)) {
          recordings.add(new Recording.OfFile(match.toString(), match));
        }
      }
      return recordings.isEmpty()
          ? missing(argument, "There is no such file, and none fits it as a pattern.")
          : recordings;
    } catch (PatternSyntaxException e) {
      return missing(
          argument, "There is no such file, and it is no pattern: %s.", e.getDescription());
    } catch (IOException e) {
      return missing(argument, "Its folder cannot be listed: %s.", Fault.of(e));
    }
  }

  private static List<Path> matches(Path pattern) throws IOException {
    List<Path> reached = List.of(pattern.isAbsolute() ? pattern.getRoot() : Path.of(""));
    for (Path segment : pattern) {
      List<Path> next = new ArrayList<>();
      for (Path folder : reached) {
        if (isPattern(segment.toString())) {
          next.addAll(within(folder, segment.toString()));
        } else if (Files.exists(folder.resolve(segment))) {
          next.add(folder.resolve(segment));
        }
      }
      reached = next;
    }
    return reached;
  }

  /** As in a shell: by name, and hidden files only where the pattern begins with a dot. */
  private static List<Path> within(Path folder, String pattern) throws IOException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> matcher.matches(file.getFileName()))
          .filter(file -> pattern.startsWith(".") || !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static boolean isPattern(String text) {
    return text.chars().anyMatch(sign -> "*?[{".indexOf(sign) >= 0);
  }

  private static List<Recording> missing(String argument, String why, Object... values) {
    return List.of(new Recording.Missing(argument, why.formatted(values)));
  }
}
