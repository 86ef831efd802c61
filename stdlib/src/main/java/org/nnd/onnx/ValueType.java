package org.nnd.onnx;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a file declares of an input or output. */
public sealed interface ValueType {
  /**
   * @param dimensions the axes, or empty where not even their number is declared
   */
  record Tensor(ElementType element, Optional<List<Dimension>> dimensions) implements ValueType {
    public Tensor {
      dimensions = dimensions.map(List::copyOf);
    }

    @Override
    public String toString() {
      return element
          + dimensions
              .map(
                  axes ->
                      axes.stream()
                          .map(Dimension::toString)
                          .collect(Collectors.joining(", ", "[", "]")))
              .orElse("[…]");
    }
  }

  record Sequence(ValueType element) implements ValueType {
    @Override
    public String toString() {
      return "sequence of " + element;
    }
  }

  /** A value that may be absent. */
  record Maybe(ValueType element) implements ValueType {
    @Override
    public String toString() {
      return "optional " + element;
    }
  }

  /** A map, an opaque type, a sparse tensor, or nothing declared at all. */
  record Other(String description) implements ValueType {
    @Override
    public String toString() {
      return description;
    }
  }

  /** An axis: its extent, a name for extents that are equal, or neither. */
  sealed interface Dimension {
    record Fixed(int size) implements Dimension {
      @Override
      public String toString() {
        return Integer.toString(size);
      }
    }

    record Symbol(String name) implements Dimension {
      @Override
      public String toString() {
        return name.isEmpty() ? "?" : name;
      }
    }
  }
}
