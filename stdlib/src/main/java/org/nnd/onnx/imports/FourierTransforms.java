package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;

/** ONNX's Fourier transforms as operations of the tensor graph. */
final class FourierTransforms {
  private FourierTransforms() {}

  /**
   * {@return the discrete Fourier transform along an axis, {@code […, 2]}}
   *
   * @param x {@code […, 1]} real or {@code […, 2]} complex numbers
   * @param length cut or filled up with zeros to this length
   * @param oneSided only the frequencies 0 to half the length
   */
  static Node transform(Node x, int axis, int length, boolean inverse, boolean oneSided) {
    int extent = x.shape().size(axis);
    Node fitted =
        length <= extent ? Operations.slice(x, axis, 0, length) : padded(x, axis, length - extent);
    Node complex = complex(fitted);
    List<Integer> order = new ArrayList<>(Operations.axes(x.rank()));
    order.remove(axis);
    order.add(x.rank() - 2, axis);
    Node transformed = Operations.fft(Operations.transpose(complex, order), inverse);
    List<Integer> back = new ArrayList<>(Collections.nCopies(x.rank(), 0));
    for (int i = 0; i < back.size(); i++) {
      back.set(order.get(i), i);
    }
    Node result = Operations.transpose(transformed, back);
    if (inverse) {
      result = Operations.multiply(result, 1.0 / length);
    }
    return oneSided ? Operations.slice(result, axis, 0, length / 2 + 1) : result;
  }

  private static Node padded(Node x, int axis, int more) {
    List<Dim> none = Collections.nCopies(x.rank(), Dim.ZERO);
    List<Dim> high = new ArrayList<>(none);
    high.set(axis, Dim.of(more));
    return Operations.pad(x, none, high, Collections.nCopies(x.rank(), 0), 0);
  }

  /** Real numbers with an imaginary part of zero. */
  private static Node complex(Node x) {
    int last = x.rank() - 1;
    if (x.shape().dim(last).is(2)) {
      return x;
    }
    if (!x.shape().dim(last).is(1)) {
      throw new NndException(
          "a Fourier transform wants real [..., 1] or complex [..., 2] numbers, got " + x.type());
    }
    return padded(x, last, 1);
  }

  /**
   * {@return the transforms of windows of a signal, {@code [B, frames, frequencies, 2]}}
   *
   * @param signal {@code [B, T, 1]} or {@code [B, T, 2]}
   * @param window {@code [L]}
   */
  static Node shortTime(Node signal, int step, Node window, boolean oneSided) {
    int length = window.shape().size(0);
    int extent = signal.shape().size(1);
    int frames = extent < length ? 0 : (extent - length) / step + 1;
    int[] places = new int[frames * length];
    for (int i = 0; i < places.length; i++) {
      places[i] = i / length * step + i % length;
    }
    Node framed =
        Operations.gather(signal, Operations.constant(Literal.of(places, frames, length)), 1);
    Node weighted =
        Operations.multiply(framed, Operations.broadcast(window, framed.shape(), List.of(2)));
    return transform(weighted, 2, length, false, oneSided);
  }

  /** {@return {@code Σ c_k (-1)^k cos(2πkn / L)} for n of a window's positions} */
  static Literal cosineWindow(int size, boolean periodic, DType dtype, double... coefficients) {
    double[] values = new double[size];
    int length = periodic ? size : Math.max(1, size - 1);
    for (int n = 0; n < size; n++) {
      for (int k = 0; k < coefficients.length; k++) {
        double wave = Math.cos(2 * Math.PI * k * n / length);
        values[n] += (k % 2 == 0 ? 1 : -1) * coefficients[k] * wave;
      }
    }
    return Literal.ofDoubles(dtype, values, size);
  }

  /**
   * {@return triangles over the frequencies of a transform, evenly spaced on the mel scale, {@code
   * [length / 2 + 1, bins]}}
   *
   * @param rate in samples per second
   * @param low the lower edge of the first triangle in hertz
   * @param high the upper edge of the last triangle in hertz
   */
  static Literal melWeights(
      int bins, int length, double rate, double low, double high, DType dtype) {
    int frequencies = length / 2 + 1;
    double lowMel = mel(low);
    double stepMel = (mel(high) - lowMel) / (bins + 2);
    int[] edges = new int[bins + 2];
    for (int i = 0; i < edges.length; i++) {
      double hertz = 700 * (Math.pow(10, (i * stepMel + lowMel) / 2595) - 1);
      edges[i] = (int) Math.floor((length + 1) * hertz / rate);
    }
    double[] weights = new double[frequencies * bins];
    for (int b = 0; b < bins; b++) {
      int from = edges[b];
      int peak = edges[b + 1];
      int to = edges[b + 2];
      for (int f = from; f < peak; f++) {
        set(weights, bins, f, b, (f - from) / (double) (peak - from));
      }
      set(weights, bins, peak, b, 1);
      for (int f = peak + 1; f < to; f++) {
        set(weights, bins, f, b, (to - f) / (double) (to - peak));
      }
    }
    return Literal.ofDoubles(dtype, weights, frequencies, bins);
  }

  /** Sets an entry of one frequency; those beyond the transform's are left out. */
  private static void set(double[] weights, int bins, int frequency, int bin, double value) {
    int at = frequency * bins + bin;
    if (frequency >= 0 && at < weights.length) {
      weights[at] = value;
    }
  }

  private static double mel(double hertz) {
    return 2595 * Math.log10(1 + hertz / 700);
  }
}
