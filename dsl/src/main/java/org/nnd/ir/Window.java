package org.nnd.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a window slides over the spatial axes: one entry per axis. Output extent: {@code (dilate(in,
 * inputDilation) + low + high - dilate(size, dilation)) / stride + 1} with {@code dilate(n, d) = n
 * == 0 ? 0 : (n - 1) * d + 1}, zero where the window does not fit. Padding may be negative (crops).
 */
public record Window(
    List<Integer> size,
    List<Integer> stride,
    List<Integer> low,
    List<Integer> high,
    List<Integer> inputDilation,
    List<Integer> dilation) {
  public Window {
    size = List.copyOf(size);
    stride = List.copyOf(stride);
    low = List.copyOf(low);
    high = List.copyOf(high);
    inputDilation = List.copyOf(inputDilation);
    dilation = List.copyOf(dilation);
  }

  /** {@return the window of the given size with stride 1, no padding and no dilation} */
  public static Window of(List<Integer> size) {
    List<Integer> ones = Collections.nCopies(size.size(), 1);
    List<Integer> zeros = Collections.nCopies(size.size(), 0);
    return new Window(size, ones, zeros, zeros, ones, ones);
  }

  public int rank() {
    return size.size();
  }

  public Window stride(List<Integer> newStride) {
    return new Window(size, newStride, low, high, inputDilation, dilation);
  }

  public Window padding(List<Integer> newLow, List<Integer> newHigh) {
    return new Window(size, stride, newLow, newHigh, inputDilation, dilation);
  }

  public Window inputDilation(List<Integer> newDilation) {
    return new Window(size, stride, low, high, newDilation, dilation);
  }

  public Window dilation(List<Integer> newDilation) {
    return new Window(size, stride, low, high, inputDilation, newDilation);
  }

  /** {@return this window with neither stride nor dilations along an axis} */
  public Window dense(int axis, int newSize, int newLow, int newHigh) {
    return new Window(
        with(size, axis, newSize),
        with(stride, axis, 1),
        with(low, axis, newLow),
        with(high, axis, newHigh),
        with(inputDilation, axis, 1),
        with(dilation, axis, 1));
  }

  private static List<Integer> with(List<Integer> values, int at, int value) {
    List<Integer> changed = new ArrayList<>(values);
    changed.set(at, value);
    return changed;
  }

  /** {@return the extent of the window along an axis, dilation included} */
  public int reach(int axis) {
    return dilate(size.get(axis), dilation.get(axis));
  }

  /** {@return the number of window positions along {@code axis} of an input of extent n} */
  public int outputs(int axis, int n) {
    int padded = dilate(n, inputDilation.get(axis)) + low.get(axis) + high.get(axis);
    return padded < reach(axis) ? 0 : (padded - reach(axis)) / stride.get(axis) + 1;
  }

  private static int dilate(int n, int d) {
    return n == 0 ? 0 : (n - 1) * d + 1;
  }

  /** {@return the window over all axes of a {@code [N, C, …]}, this being that over the spatial} */
  public Window overAllAxes() {
    return new Window(
        afterTwo(1, size),
        afterTwo(1, stride),
        afterTwo(0, low),
        afterTwo(0, high),
        afterTwo(1, inputDilation),
        afterTwo(1, dilation));
  }

  private static List<Integer> afterTwo(int value, List<Integer> spatial) {
    List<Integer> all = new ArrayList<>(List.of(value, value));
    all.addAll(spatial);
    return all;
  }
}
