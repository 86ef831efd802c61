package org.nnd.opencl.runtime;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.opencl.lower.KernelCall;

/** Collects the times of kernels over several runs. */
final class ProfileTimes {
  /** A kernel's time in the present run and in the fastest so far. */
  private static final class Time {
    private int launches;
    private long now;
    private int leastLaunches;
    private long least = Long.MAX_VALUE;
  }

  private final Map<KernelCall, Time> times = new IdentityHashMap<>();
  private final List<KernelCall> order = new ArrayList<>();

  void add(KernelCall call, long nanos) {
    Time time =
        times.computeIfAbsent(
            call,
            c -> {
              order.add(c);
              return new Time();
            });
    time.launches++;
    time.now += nanos;
  }

  void runDone() {
    for (Time time : times.values()) {
      if (time.launches > 0 && time.now < time.least) {
        time.least = time.now;
        time.leastLaunches = time.launches;
      }
      time.launches = 0;
      time.now = 0;
    }
  }

  Profile profile(long batch) {
    return new Profile(
        batch, order.stream().map(call -> timing(call, times.get(call), batch)).toList());
  }

  private static Profile.Timing timing(KernelCall call, Time time, long batch) {
    return new Profile.Timing(
        call.kernel().name(),
        call.kernel().comment(),
        time.leastLaunches,
        time.least,
        time.leastLaunches * call.kernel().flops().at(batch),
        time.leastLaunches * call.kernel().bytes().at(batch));
  }
}
