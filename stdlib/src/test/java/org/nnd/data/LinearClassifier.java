package org.nnd.data;

import java.util.SplittableRandom;

/** Multinomial logistic regression by stochastic gradient descent: what pixels alone can tell. */
final class LinearClassifier {
  private final int classes;
  private final int inputs;
  private final double[] weights; // [classes, inputs + 1], the bias last

  private LinearClassifier(int classes, int inputs) {
    this.classes = classes;
    this.inputs = inputs;
    this.weights = new double[classes * (inputs + 1)];
  }

  static LinearClassifier fit(Batch data, int classes, int epochs) {
    Column x = data.column("image");
    int[] y = data.column("label").ints();
    LinearClassifier model = new LinearClassifier(classes, x.rowSize());
    SplittableRandom random = new SplittableRandom(1);
    int steps = epochs * y.length;
    double[] p = new double[classes];
    for (int step = 0; step < steps; step++) {
      int row = random.nextInt(y.length);
      double rate = 0.02 * (1 - (double) step / steps);
      model.probabilities(x.floats(), row, p);
      for (int c = 0; c < classes; c++) {
        double g = rate * (p[c] - (c == y[row] ? 1 : 0));
        int w = c * (model.inputs + 1);
        for (int i = 0; i < model.inputs; i++) {
          model.weights[w + i] -= g * x.floats()[row * model.inputs + i];
        }
        model.weights[w + model.inputs] -= g;
      }
    }
    return model;
  }

  double accuracy(Batch data) {
    int[] y = data.column("label").ints();
    double[] p = new double[classes];
    int right = 0;
    for (int row = 0; row < y.length; row++) {
      probabilities(data.column("image").floats(), row, p);
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = p[c] > p[best] ? c : best;
      }
      right += best == y[row] ? 1 : 0;
    }
    return (double) right / y.length;
  }

  private void probabilities(float[] x, int row, double[] out) {
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      int w = c * (inputs + 1);
      double sum = weights[w + inputs];
      for (int i = 0; i < inputs; i++) {
        sum += weights[w + i] * x[row * inputs + i];
      }
      out[c] = sum;
      most = Math.max(most, sum);
    }
    double total = 0;
    for (int c = 0; c < classes; c++) {
      out[c] = Math.exp(out[c] - most);
      total += out[c];
    }
    for (int c = 0; c < classes; c++) {
      out[c] /= total;
    }
  }
}
