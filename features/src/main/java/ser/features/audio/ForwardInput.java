package ser.features.audio;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A stream that is read forward once, with a look ahead of at most {@link #LOOK_AHEAD} bytes.
 *
 * <p>Unwanted bytes are read and dropped, unless the stream is a {@link SkippableInput}. No call
 * allocates more than the look ahead, whatever length it is asked for.
 */
final class ForwardInput implements Closeable {
  /** Bytes that can be seen before they are consumed. */
  static final int LOOK_AHEAD = 1 << 16;

  private static final int FORGOTTEN = -1;

  private final InputStream in;
  private final byte[] buffer = new byte[LOOK_AHEAD];
  private int next;
  private int limit;
  private boolean ended;
  private long position;

  /** Where in the buffer {@link #rewind} goes back to; {@link #FORGOTTEN} if it is overwritten. */
  private int mark;

  private long markPosition;

  ForwardInput(InputStream in) {
    this.in = in;
  }

  /** Bytes consumed so far: the offset that messages name. */
  long position() {
    return position;
  }

  /** The next bytes without consuming them: {@code count}, fewer only at the end. */
  byte[] peek(int count) throws IOException {
    if (count > LOOK_AHEAD) {
      throw new IllegalArgumentException(
          "cannot look %d bytes ahead, at most %d".formatted(count, LOOK_AHEAD));
    }
    if (next + count > buffer.length) {
      System.arraycopy(buffer, next, buffer, 0, limit - next);
      mark = mark == next ? 0 : FORGOTTEN;
      limit -= next;
      next = 0;
    }
    while (limit - next < count && fill()) {
      // One call of the storage may bring less than is wanted.
    }
    return Arrays.copyOfRange(buffer, next, Math.min(limit, next + count));
  }

  boolean atEnd() throws IOException {
    return peek(1).length == 0;
  }

  /**
   * Reads what is at hand.
   *
   * @return bytes read, at least 1; -1 at the end
   */
  int read(byte[] target, int offset, int length) throws IOException {
    if (next == limit) {
      if (length >= LOOK_AHEAD / 2) {
        mark = FORGOTTEN;
        next = 0;
        limit = 0;
        int direct = readOnce(target, offset, length);
        position += Math.max(direct, 0);
        return direct;
      }
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, limit - next);
    System.arraycopy(buffer, next, target, offset, count);
    next += count;
    position += count;
    return count;
  }

  /** Reads {@code length} bytes, fewer only at the end. */
  int readFully(byte[] target, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int count = read(target, offset + done, length - done);
      if (count < 0) {
        break;
      }
      done += count;
    }
    return done;
  }

  /** Drops {@code count} bytes, fewer only at the end; returns how many. */
  long skip(long count) throws IOException {
    long left = count;
    while (left > 0) {
      if (next == limit) {
        if (in instanceof SkippableInput skippable && left > LOOK_AHEAD) {
          return count - left + skipDirectly(skippable, left);
        }
        if (!fill()) {
          break;
        }
      }
      int step = (int) Math.min(left, limit - next);
      next += step;
      position += step;
      left -= step;
    }
    return count - left;
  }

  /** Remembers this place for {@link #rewind}; before it is called, the start is remembered. */
  void mark() {
    mark = next;
    markPosition = position;
  }

  /**
   * Goes back to the mark, if all that was read since then is still at hand: that is so for up to
   * {@link #LOOK_AHEAD} bytes.
   *
   * @return whether it could
   */
  boolean rewind() {
    if (mark == FORGOTTEN) {
      return false;
    }
    next = mark;
    position = markPosition;
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private long skipDirectly(SkippableInput skippable, long count) throws IOException {
    if (ended) {
      return 0;
    }
    mark = FORGOTTEN;
    next = 0;
    limit = 0;
    long skipped = skippable.skip(count);
    position += skipped;
    return skipped;
  }

  private boolean fill() throws IOException {
    if (limit == buffer.length) {
      next = 0;
      limit = 0;
      mark = FORGOTTEN;
    }
    int count = readOnce(buffer, limit, buffer.length - limit);
    limit += Math.max(count, 0);
    return count > 0;
  }

  private int readOnce(byte[] target, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    int count = in.read(target, offset, length);
    if (count == 0) {
      // Against the contract of InputStream, but seen in the wild: a single byte cannot be refused.
      int single = in.read();
      if (single >= 0) {
        target[offset] = (byte) single;
        return 1;
      }
      count = -1;
    }
    ended = count < 0;
    return count;
  }
}
