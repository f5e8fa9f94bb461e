package ser.jobs.quickstart;

import java.util.ArrayList;
import java.util.List;

/**
 * What is said: sounds, the stressed vowels among them, and where one may pause.
 *
 * @param number statement number in file names, from 1 on
 * @param sounds in speaking order
 */
record Sentence(int number, List<Sound> sounds) {

  /** A sound at its place in a sentence. */
  record Sound(Phone phone, boolean stressed, boolean pause) {}

  /** Four sentences of our own, of about equal length; each has all five vowels or nearly so. */
  static final List<Sentence> ALL =
      List.of(
          // "the lamp is on a table near you", more or less
          parse(1, "_ d @ l 'a m _ p i z o n @ | _ t 'e _ b @ l n 'i r j u"),
          // we walk home slow in soft rain
          parse(2, "w i w 'o _ k h 'o m s l o | i n s @ f _ t r 'e n u n a"),
          // nine small boats lay in a blue bay
          parse(3, "n 'a i n s m 'o l _ b o _ t s | l 'e i n @ _ b l 'u _ b e"),
          // she may move my red shoes to you
          parse(4, "S i m 'e m u v m a i | r 'e _ d S 'u z _ t @ j 'o u"));

  Sentence {
    sounds = List.copyOf(sounds);
  }

  /**
   * Reads sounds separated by blanks: {@code '} before a stressed vowel, {@code |} where one may
   * pause.
   */
  static Sentence parse(int number, String text) {
    List<Sound> sounds = new ArrayList<>();
    for (String symbol : text.split(" ")) {
      if (symbol.equals("|")) {
        sounds.add(new Sound(Phone.of("_"), false, true));
      } else {
        boolean stressed = symbol.startsWith("'");
        sounds.add(new Sound(Phone.of(stressed ? symbol.substring(1) : symbol), stressed, false));
      }
    }
    return new Sentence(number, sounds);
  }
}
