package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.nnd.ir.NndException;
import org.nnd.ir.Window;

/**
 * The attributes by which ONNX's convolutions and poolings say how a window slides over the spatial
 * axes, one entry each. Empty lists stand for attributes that are not given: strides and dilations
 * of 1, no padding.
 *
 * @param pads all begins, then all ends
 * @param autoPad {@code NOTSET}, {@code VALID}, {@code SAME_UPPER} or {@code SAME_LOWER}
 * @param ceil whether a last window that the input fills only in part counts
 */
record SlidingWindow(
    List<Integer> size,
    List<Integer> strides,
    List<Integer> dilations,
    List<Integer> pads,
    String autoPad,
    boolean ceil) {
  SlidingWindow {
    int rank = size.size();
    strides = strides.isEmpty() ? Collections.nCopies(rank, 1) : List.copyOf(strides);
    dilations = dilations.isEmpty() ? Collections.nCopies(rank, 1) : List.copyOf(dilations);
    pads = pads.isEmpty() ? Collections.nCopies(2 * rank, 0) : List.copyOf(pads);
    autoPad = autoPad.isEmpty() ? "NOTSET" : autoPad.toUpperCase(Locale.ROOT);
    if (strides.size() != rank || dilations.size() != rank || pads.size() != 2 * rank) {
      throw new NndException(
          "a window of the size %s has strides %s, dilations %s and pads %s; expected are %d strides, %d dilations and %d pads"
              .formatted(size, strides, dilations, pads, rank, rank, 2 * rank));
    }
    if (size.stream().anyMatch(s -> s < 1)
        || strides.stream().anyMatch(s -> s < 1)
        || dilations.stream().anyMatch(d -> d < 1)) {
      throw new NndException(
          "a window of the size %s with strides %s and dilations %s: all must be positive"
              .formatted(size, strides, dilations));
    }
    if (!List.of("NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER").contains(autoPad)) {
      throw new NndException(
          "auto_pad is '%s', expected NOTSET, VALID, SAME_UPPER or SAME_LOWER".formatted(autoPad));
    }
  }

  int rank() {
    return size.size();
  }

  /** {@return the window with the padding that ONNX's rules give it over the given extents} */
  Window over(List<Integer> extents) {
    Window declared = declared(extents);
    if (!ceil) {
      return declared;
    }
    List<Integer> high = new ArrayList<>(declared.high());
    for (int i = 0; i < rank(); i++) {
      high.set(i, high.get(i) + overhang(declared, i, extents.get(i)));
    }
    return declared.padding(declared.low(), high);
  }

  /**
   * The window with the padding of {@code pads} or {@code auto_pad}, without that of the ceiling.
   */
  Window declared(List<Integer> extents) {
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      int reach = (size.get(i) - 1) * dilations.get(i) + 1;
      switch (autoPad) {
        case "NOTSET" -> {
          low.add(pads.get(i));
          high.add(pads.get(rank() + i));
        }
        case "VALID" -> {
          low.add(0);
          high.add(0);
        }
        default -> {
          int outputs = Math.ceilDiv(extents.get(i), strides.get(i));
          int total = Math.max(0, (outputs - 1) * strides.get(i) + reach - extents.get(i));
          int lower = autoPad.equals("SAME_UPPER") ? total / 2 : total - total / 2;
          low.add(lower);
          high.add(total - lower);
        }
      }
    }
    return Window.of(size).stride(strides).dilation(dilations).padding(low, high);
  }

  /**
   * How far a last, partly filled window goes beyond the padding: none where it would begin in the
   * padding after the input, as ONNX Runtime and PyTorch have it.
   */
  private static int overhang(Window window, int axis, int extent) {
    int low = window.low().get(axis);
    int stride = window.stride().get(axis);
    int padded = extent + low + window.high().get(axis);
    int room = padded - window.reach(axis);
    int begin = room < 0 ? 0 : Math.ceilDiv(room, stride) * stride;
    boolean beginsInside = begin < extent + low;
    return beginsInside ? Math.max(0, begin + window.reach(axis) - padded) : 0;
  }
}
