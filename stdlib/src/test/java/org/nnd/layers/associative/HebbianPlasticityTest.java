package org.nnd.layers.associative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.layers.associative.Associative.hebbianPlasticity;
import static org.nnd.layers.associative.LayerCheck.normal;

import org.junit.jupiter.api.Test;
import org.nnd.ir.Literal;

class HebbianPlasticityTest {
  @Test
  void theTraceFollowsWhatWasRead() {
    int batch = 2;
    int length = 5;
    int in = 3;
    int out = 4;
    Literal x = normal(1, batch, length, in);
    Literal w = normal(2, in, out);
    Literal alpha = normal(3, in, out);
    double eta = 0.3;
    Literal y =
        LayerCheck.of(hebbianPlasticity(out))
            .input("x", x)
            .variable("w", w)
            .variable("alpha", alpha)
            .variable("eta", Literal.of(new double[] {eta}))
            .reference()
            .get("y");
    for (int n = 0; n < batch; n++) {
      double[][] trace = new double[in][out];
      for (int t = 0; t < length; t++) {
        for (int o = 0; o < out; o++) {
          double sum = 0;
          for (int i = 0; i < in; i++) {
            double weight = w.get(i * out + o) + alpha.get(i * out + o) * trace[i][o];
            sum += x.get((n * length + t) * in + i) * weight;
          }
          assertEquals(Math.tanh(sum), y.get((n * length + t) * out + o), 1e-12);
        }
        for (int i = 0; i < in; i++) {
          for (int o = 0; o < out; o++) {
            double met = x.get((n * length + t) * in + i) * y.get((n * length + t) * out + o);
            trace[i][o] = (1 - eta) * trace[i][o] + eta * met;
          }
        }
      }
    }
  }

  @Test
  void itDifferentiatesAndRunsOnTheDevice() {
    LayerCheck.of(hebbianPlasticity(2)).input("x", normal(1, 2, 4, 3)).drawn(1).differentiates();
    LayerCheck.of(hebbianPlasticity(7)).input("x", normal(1, 3, 5, 11)).drawn(1).onDevice();
    LayerCheck.of(hebbianPlasticity(1)).input("x", normal(1, 1, 1, 1)).drawn(1).onDevice();
  }
}
