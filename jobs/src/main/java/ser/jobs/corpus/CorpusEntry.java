package ser.jobs.corpus;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is known of a corpus that can be fetched.
 *
 * @param name on the command line
 * @param about title, licence, terms and the publisher's page
 * @param source where its files are; empty if it cannot be fetched
 * @param unavailable why it cannot be fetched; empty if it can
 */
record CorpusEntry(String name, About about, Optional<Source> source, String unavailable) {

  /**
   * For people.
   *
   * @param licence as the features table names it
   * @param terms what it asks for, in one line
   * @param page the publisher's own
   */
  record About(String title, String licence, String terms, String page) {}

  /**
   * For the program.
   *
   * @param kind how the publisher lists files: zenodo, dataverse, git-lfs, files
   * @param address of the listing, or of the one file
   * @param media address of the folder of files behind LFS pointers; empty for other kinds
   * @param files which of the publisher's files are taken
   * @param checksums known beforehand, by file
   * @param recordings which of the files, and of those in archives, are recordings
   */
  record Source(
      String kind,
      String address,
      String media,
      Pattern files,
      Map<String, Checksum> checksums,
      Pattern recordings) {
    Source {
      checksums = Map.copyOf(checksums);
    }
  }
}
