package proxima.tune;

import java.time.Duration;

/// A while in which nothing is done. Tests take one that does not take its time.
interface Pause {

  Pause SLEEP = Thread::sleep;

  void take(Duration time) throws InterruptedException;
}
