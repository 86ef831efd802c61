package org.nnd.onnx.imports;

import java.util.List;

/** Reads the attributes of convolutions and poolings. */
final class WindowAttributes {
  private WindowAttributes() {}

  /** {@return the window of a convolution with a kernel of the given spatial extents} */
  static SlidingWindow of(NodeScope scope, List<Integer> kernel) {
    List<Integer> declared = integers(scope, "kernel_shape");
    if (!declared.isEmpty() && !declared.equals(kernel)) {
      throw scope.error(
          "kernel_shape is %s, the kernel's spatial axes are %s".formatted(declared, kernel));
    }
    return window(scope, kernel, false);
  }

  /** {@return the window of a pooling} */
  static SlidingWindow pooling(NodeScope scope, int spatial) {
    List<Integer> size = integers(scope, "kernel_shape");
    if (size.size() != spatial) {
      throw scope.error("kernel_shape is %s for %d spatial axes".formatted(size, spatial));
    }
    return window(scope, size, scope.flag("ceil_mode", false));
  }

  private static SlidingWindow window(NodeScope scope, List<Integer> size, boolean ceil) {
    return new SlidingWindow(
        size,
        integers(scope, "strides"),
        integers(scope, "dilations"),
        integers(scope, "pads"),
        scope.text("auto_pad", "NOTSET"),
        ceil);
  }

  /** {@return the attribute's integers; empty if it is not given} */
  static List<Integer> integers(NodeScope scope, String name) {
    return scope.integers(name).orElse(List.of()).stream().map(Math::toIntExact).toList();
  }
}
