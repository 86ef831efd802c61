package org.nnd.bench.suites;

import static org.nnd.bench.suites.Operands.data;
import static org.nnd.bench.suites.Operands.forward;
import static org.nnd.bench.suites.Operands.tensor;
import static org.nnd.bench.suites.Operands.weights;

import java.util.ArrayList;
import java.util.List;
import org.nnd.bench.Case;
import org.nnd.dsl.Tensor;
import org.nnd.layers.kernels.LongConvolution;
import org.nnd.layers.kernels.LongConvolution.Method;

/** Causal convolutions of every channel with a kernel as long as the sequence. */
final class LongConvolutions {
  private static final int CHANNELS = 64;

  /** A direct one of 64k taps takes 0.5 TFLOP. */
  private static final int LONGEST_DIRECT = 16384;

  private LongConvolutions() {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int length = 1024; length <= 65536; length *= 4) {
      cases.add(causal(CHANNELS, length, Method.FFT));
      if (length <= LONGEST_DIRECT) {
        cases.add(causal(CHANNELS, length, Method.DIRECT));
      }
    }
    return cases;
  }

  static Case causal(int channels, int length, Method method) {
    String how = method == Method.FFT ? "by FFT" : "direct";
    return new Case(
        "%s, 1x%dx%d".formatted(how, channels, length),
        () -> {
          Tensor kernel = tensor(weights("k", channels, 1, length));
          Tensor x = tensor(data("x", 1, channels, length));
          LongConvolution causal = LongConvolution.causal(kernel, channels).method(method);
          return forward(causal.apply(x, kernel).node());
        });
  }
}
