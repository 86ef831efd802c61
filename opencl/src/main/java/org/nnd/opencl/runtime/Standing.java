package org.nnd.opencl.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nnd.ir.NndException;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.lower.KernelCall.Slot;

/** The results of a plan's invariant calls, for one set of variables. */
final class Standing implements AutoCloseable {
  private final Variables variables;
  private final Map<Slot, Place> places = new LinkedHashMap<>();

  /** The variables' state that the results were computed from; none yet. */
  private long computedFrom = -1;

  /**
   * @throws NndException if the device has no room
   */
  Standing(Variables variables, Invariants invariants) {
    this.variables = variables;
    try {
      invariants
          .results()
          .forEach(
              (slot, bytes) ->
                  places.put(
                      slot,
                      new Place(
                          variables.device().allocate(Math.max(bytes, 4) + Transfers.SLACK), 0)));
    } catch (NndException e) {
      close();
      throw Shortage.standing(invariants.bytes(), e);
    }
  }

  Variables variables() {
    return variables;
  }

  Map<Slot, Place> places() {
    return places;
  }

  /** Computes the results, unless they are those of the variables as they are now. */
  void refresh(Runnable calls) {
    long now = variables.state();
    if (computedFrom != now) {
      calls.run();
      computedFrom = now;
    }
  }

  @Override
  public void close() {
    places.values().stream().map(Place::buffer).forEach(Buffer::close);
  }
}
