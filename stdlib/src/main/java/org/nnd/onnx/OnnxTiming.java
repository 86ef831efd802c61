package org.nnd.onnx;

import java.util.Arrays;
import java.util.Map;
import org.nnd.onnx.imports.Value;

/**
 * Runs of a model on the same inputs.
 *
 * @param outputs of the last run
 * @param medianMilliseconds from giving the inputs to having the outputs
 */
public record OnnxTiming(Map<String, Value> outputs, double medianMilliseconds) {
  /** {@return the times of {@code repeat} runs after a first one, which compiles} */
  public static OnnxTiming of(OnnxRunner runner, Map<String, Value> inputs, int repeat) {
    Map<String, Value> outputs = runner.run(inputs);
    double[] times = new double[Math.max(1, repeat)];
    for (int i = 0; i < times.length; i++) {
      long start = System.nanoTime();
      outputs = runner.run(inputs);
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    int middle = times.length / 2;
    double median = times.length % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
    return new OnnxTiming(outputs, median);
  }
}
