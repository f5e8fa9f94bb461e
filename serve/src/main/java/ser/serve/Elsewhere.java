package ser.serve;

import java.util.regex.Pattern;

/** Addresses of other machines, where a path of this one belongs. */
final class Elsewhere {
  /** Of two letters or more: one is a drive. Paths have lost one of the two slashes. */
  private static final Pattern ADDRESS = Pattern.compile("(?!file:)[A-Za-z][A-Za-z0-9+.-]+://?.+");

  private Elsewhere() {}

  /** Such as {@code s3a://bucket/call.wav}. */
  static boolean isAddress(String argument) {
    return ADDRESS.matcher(argument).matches();
  }
}
