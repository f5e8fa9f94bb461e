package ser.jobs.extract;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * What each of some things gives, one after the other, made when it is asked for. Streams would
 * hold all that one thing gives at once.
 */
final class Concatenation<T, R> implements Iterator<R> {
  private final Iterator<T> sources;
  private final Function<T, Iterator<R>> parts;
  private Iterator<R> part = Collections.emptyIterator();

  Concatenation(Iterator<T> sources, Function<T, Iterator<R>> parts) {
    this.sources = sources;
    this.parts = parts;
  }

  @Override
  public boolean hasNext() {
    while (!part.hasNext() && sources.hasNext()) {
      part = parts.apply(sources.next());
    }
    return part.hasNext();
  }

  @Override
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return part.next();
  }
}
