package org.nnd.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;
import org.nnd.ir.Window;

/** Kernel, stride, padding and dilation of a window over {@code kernel.size()} spatial axes. */
@Vocabulary
public record Geometry(
    List<Integer> kernel, List<Integer> stride, List<Integer> dilation, Padding padding) {
  private static final List<String> LAYOUTS =
      List.of("[N, C]", "[N, C, L]", "[N, C, H, W]", "[N, C, D, H, W]");

  public Geometry {
    kernel = List.copyOf(kernel);
    stride = List.copyOf(stride);
    dilation = List.copyOf(dilation);
  }

  /** {@return a window of the given size along every axis, with stride 1} */
  static Geometry of(int axes, int kernel) {
    List<Integer> ones = Collections.nCopies(axes, 1);
    return new Geometry(Collections.nCopies(axes, kernel), ones, ones, new Padding.Default());
  }

  int axes() {
    return kernel.size();
  }

  String layout() {
    return LAYOUTS.get(axes());
  }

  Geometry kernel(String layer, int... sizes) {
    return new Geometry(perAxis(layer, "kernel", sizes), stride, dilation, padding);
  }

  Geometry stride(String layer, int... sizes) {
    return new Geometry(kernel, perAxis(layer, "stride", sizes), dilation, padding);
  }

  Geometry dilation(String layer, int... sizes) {
    return new Geometry(kernel, stride, perAxis(layer, "dilation", sizes), padding);
  }

  Geometry padding(String layer, int... sizes) {
    for (int size : sizes) {
      Check.notNegative(layer, "padding", size);
    }
    List<Integer> all = spread(layer, "padding", sizes);
    return new Geometry(kernel, stride, dilation, new Padding.Explicit(all));
  }

  Geometry padding(String layer, String name) {
    Check.name(layer, "padding", name, List.of("same", "valid"));
    return name.equals("valid")
        ? padding(layer, 0)
        : new Geometry(kernel, stride, dilation, new Padding.Same()).checked(layer);
  }

  /** Wants odd kernels for padding "same"; called when either is given. */
  Geometry checked(String layer) {
    if (padding instanceof Padding.Same && kernel.stream().anyMatch(k -> k % 2 == 0)) {
      throw Check.error(
          "%s: padding \"same\" needs odd kernels, got %s; give the padding as a number",
          layer, kernel);
    }
    return this;
  }

  private List<Integer> perAxis(String layer, String option, int... sizes) {
    Check.allPositive(layer, option, sizes);
    return spread(layer, option, sizes);
  }

  private List<Integer> spread(String layer, String option, int... sizes) {
    if (sizes.length != 1 && sizes.length != axes()) {
      throw Check.error(
          "%s: %s wants 1 or %d sizes, got %s", layer, option, axes(), Arrays.toString(sizes));
    }
    return sizes.length == 1
        ? Collections.nCopies(axes(), sizes[0])
        : Arrays.stream(sizes).boxed().toList();
  }

  /** {@return the elements added on each side of an axis} */
  int paddingAt(int axis) {
    return switch (padding) {
      case Padding.Explicit explicit -> explicit.sizes().get(axis);
      case Padding.Same same -> half(axis);
      case Padding.Default none -> kernel.get(axis) % 2 == 0 ? 0 : half(axis);
    };
  }

  private int half(int axis) {
    return dilation.get(axis) * (kernel.get(axis) - 1) / 2;
  }

  /** {@return the extent of the window along an axis, dilation included} */
  int reach(int axis) {
    return dilation.get(axis) * (kernel.get(axis) - 1) + 1;
  }

  Window window() {
    List<Integer> around = paddings();
    return Window.of(kernel).stride(stride).padding(around, around).dilation(dilation);
  }

  List<Integer> paddings() {
    List<Integer> around = new ArrayList<>();
    for (int axis = 0; axis < axes(); axis++) {
      around.add(paddingAt(axis));
    }
    return around;
  }

  /** Checks rank and type of an input, and that the window fits into it. */
  void check(Lowering at, String layer, Tensor x) {
    Expect.rank(at, layer, x, axes() + 2, layout());
    Expect.floats(at, layer, x);
    for (int axis = 0; axis < axes(); axis++) {
      int extent = Expect.fixed(at, layer, x, axis + 2, "elements along a spatial axis");
      if (extent + 2 * paddingAt(axis) < reach(axis)) {
        throw at.error(
            "%s: the kernel %s%s is larger than the input %s with padding %s",
            layer,
            kernel,
            reach(axis) == kernel.get(axis) ? "" : " with dilation " + dilation,
            x.shape(),
            paddings());
      }
    }
  }

  /** {@return the options that differ from the default, as they are written} */
  String text() {
    StringBuilder text = new StringBuilder();
    option(text, "stride", stride, 1);
    option(text, "dilation", dilation, 1);
    switch (padding) {
      case Padding.Explicit explicit -> option(text, "padding", explicit.sizes(), -1);
      case Padding.Same same -> text.append(".padding(\"same\")");
      case Padding.Default none -> {}
    }
    return text.toString();
  }

  static void option(StringBuilder text, String name, List<Integer> sizes, int silent) {
    boolean alike = sizes.stream().distinct().count() == 1;
    if (!alike || sizes.get(0) != silent) {
      String all = sizes.toString();
      text.append('.').append(name).append('(');
      text.append(alike ? String.valueOf(sizes.get(0)) : all.substring(1, all.length() - 1));
      text.append(')');
    }
  }
}
