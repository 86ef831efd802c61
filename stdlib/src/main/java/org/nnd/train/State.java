package org.nnd.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a run has come.
 *
 * @param epoch whole epochs done
 * @param batch batches done in the epoch after those
 * @param number batches done in all
 * @param update updates of the parameters done in all
 * @param best the smallest loss at the end of an epoch
 * @param stale epochs since then
 */
record State(
    int epoch,
    int batch,
    int number,
    long update,
    List<Map<String, Double>> history,
    double best,
    int stale) {
  static final State START = new State(0, 0, 0, 0, List.of(), Double.MAX_VALUE, 0);

  State {
    history = history.stream().<Map<String, Double>>map(LinkedHashMap::new).toList();
  }

  /** {@return the state after another batch} */
  State next(boolean updated) {
    return new State(
        epoch, batch + 1, number + 1, updated ? update + 1 : update, history, best, stale);
  }

  /** {@return the state after the end of an epoch in which this was measured} */
  State nextEpoch(Map<String, Double> measured) {
    List<Map<String, Double>> longer = new ArrayList<>(history);
    longer.add(measured);
    double loss = measured.getOrDefault("validation loss", measured.get(Forward.LOSS));
    boolean better = loss < best;
    return new State(
        epoch + 1, 0, number, update, longer, better ? loss : best, better ? 0 : stale + 1);
  }
}
