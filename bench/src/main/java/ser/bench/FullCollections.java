package ser.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Asks a JVM and those that it started for full collections, again and again for as long as it
 * lives. What is left after one is what the program holds; after a young one there is garbage of
 * any age beside it, the more the longer a run takes.
 *
 * <p>In the first minute it asks often, so that the most of a short run is the most of many too.
 */
final class FullCollections {
  private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);
  private static final long AT_FIRST_MS = 300;
  private static final long LATER_MS = 2_000;

  private final Process process;
  private final Thread thread;

  /** By process. */
  private final Map<Long, Heap> heaps = new HashMap<>();

  private FullCollections(Process process) {
    this.process = process;
    this.thread = new Thread(this::askAgainAndAgain, "full collections");
  }

  static FullCollections in(Process process) {
    FullCollections collections = new FullCollections(process);
    collections.thread.start();
    return collections;
  }

  private void askAgainAndAgain() {
    long start = System.nanoTime();
    try {
      while (!process.waitFor(
          System.nanoTime() - start < MINUTE_NS ? AT_FIRST_MS : LATER_MS, TimeUnit.MILLISECONDS)) {
        for (ProcessHandle each :
            Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList()) {
          if (each.info().command().filter(command -> command.endsWith("java")).isPresent()) {
            ask(each.pid());
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      heaps.values().forEach(Heap::close);
    }
  }

  /** A process that has just ended, or begins, refuses: the next time will do. */
  private void ask(long pid) {
    try {
      Heap heap = heaps.get(pid);
      if (heap == null) {
        heap = Heap.of(pid);
        heaps.put(pid, heap);
      }
      heap.memory().gc();
    } catch (AttachNotSupportedException
        | IOException
        | UncheckedIOException
        | UndeclaredThrowableException e) {
      Heap gone = heaps.remove(pid);
      if (gone != null) {
        gone.close();
      }
    }
  }

  /** Asks no more. */
  void close() {
    thread.interrupt();
  }

  /** The heap of another JVM. */
  private record Heap(JMXConnector connector, MemoryMXBean memory) {
    static Heap of(long pid) throws AttachNotSupportedException, IOException {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      JMXConnector connector;
      try {
        connector =
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
      } finally {
        machine.detach();
      }
      return new Heap(
          connector,
          ManagementFactory.newPlatformMXBeanProxy(
              connector.getMBeanServerConnection(),
              ManagementFactory.MEMORY_MXBEAN_NAME,
              MemoryMXBean.class));
    }

    void close() {
      try {
        connector.close();
      } catch (IOException e) {
        // The process has ended.
      }
    }
  }
}
