package ser.submit;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A process that is killed, as by kill -9, when a request comes to the store. */
final class Victim implements FaultyProxy.Faults {
  private final long moment;
  private final CompletableFuture<ProcessHandle> process = new CompletableFuture<>();
  private volatile boolean child;
  private volatile boolean killed;

  /**
   * @param moment number of the request
   */
  Victim(long moment) {
    this.moment = moment;
  }

  void is(ProcessHandle victim) {
    process.complete(victim);
  }

  /** The victim is any child that there is at the moment, or at the first request after it. */
  void isAChildOf(ProcessHandle parent) {
    child = true;
    process.complete(parent);
  }

  @Override
  public synchronized FaultyProxy.Fault of(String method, String target, long number) {
    if (killed || number < moment) {
      return FaultyProxy.Fault.NONE;
    }
    ProcessHandle known = process.join();
    Optional<ProcessHandle> victim = child ? known.children().findAny() : Optional.of(known);
    victim.ifPresent(ProcessHandle::destroyForcibly);
    killed = victim.isPresent();
    // Whether the store still hears of the request is left to chance by the network too.
    return number % 2 == 0 && killed && !child ? FaultyProxy.Fault.RESET : FaultyProxy.Fault.NONE;
  }
}
