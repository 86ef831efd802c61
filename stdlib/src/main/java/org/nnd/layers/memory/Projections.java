package org.nnd.layers.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Dim;
import org.nnd.layers.Expect;

/**
 * The patterns in the association space: states and stored patterns {@code [N, heads, length,
 * hidden]}, projected patterns {@code [N, heads, length, pattern]}. N may be 1 for patterns that
 * are the same for all examples. Variables as in the official implementation.
 */
record Projections(Tensor state, Tensor stored, Tensor projection) {
  private static final Initializer SMALL = Initializer.normal(0, 0.02);
  private static final String CORE = "association_core.";

  /** The patterns as given, {@code [N, length, features]}. */
  record Patterns(Tensor stored, Tensor state, Tensor projection) {
    Patterns {}

    static Patterns of(Tensor all) {
      return new Patterns(all, all, all);
    }
  }

  /** {@return the features per head of the association space} */
  static int hidden(Lowering at, Association options, Patterns given) {
    Association.Statics statics = options.statics();
    int state = Expect.fixed(at, "hopfield", given.state, -1, "features of the state patterns");
    int stored = Expect.fixed(at, "hopfield", given.stored, -1, "features of the stored patterns");
    int hidden = options.sizes().hidden();
    if (statics.state() && statics.stored()) {
      hidden = state;
    } else if (hidden == 0) {
      int input = input(options, state);
      if (input % options.heads() != 0) {
        throw at.error(
            "hopfield: %d features of the state patterns are not a multiple of %d heads; choose"
                + " another number of heads, or the features per head with hidden(…)",
            input, options.heads());
      }
      hidden = input / options.heads();
    }
    if (statics.state() && state != hidden) {
      throw at.error(
          "hopfield: state patterns without projection need the %d features of the association"
              + " space, got %d; set hidden(%d) or project them",
          hidden, state, state);
    }
    if (statics.stored() && stored != hidden) {
      throw at.error(
          "hopfield: stored patterns without projection need the %d features of the association"
              + " space, got %d; set hidden(%d) or project them",
          hidden, stored, stored);
    }
    return hidden;
  }

  private static int input(Association options, int state) {
    return options.sizes().input() > 0 && options.statics().state()
        ? options.sizes().input()
        : state;
  }

  static Projections of(Lowering at, Association options, Patterns given, int hidden) {
    return new Writer(at, options, given, hidden).write();
  }

  private static final class Writer {
    private final Lowering at;
    private final Association options;
    private final Association.Statics statics;
    private final Patterns given;
    private final int hidden;
    private final int heads;
    private final int pattern;

    Writer(Lowering at, Association options, Patterns given, int hidden) {
      this.at = at;
      this.options = options;
      this.statics = options.statics();
      this.given = given;
      this.hidden = hidden;
      this.heads = options.heads();
      this.pattern = options.sizes().pattern() > 0 ? options.sizes().pattern() : hidden;
    }

    Projections write() {
      int projected = size(given.projection, "features of the pattern projection");
      if (statics.connected() && pattern != hidden) {
        throw at.error(
            "hopfield: a connected pattern projection needs a pattern size equal to the hidden"
                + " size, got %d and %d",
            pattern, hidden);
      }
      if (statics.connected() && projected != size(given.stored, "features")) {
        throw at.error(
            "hopfield: a connected pattern projection needs as many features as the stored"
                + " patterns, got %d and %d",
            projected, size(given.stored, "features"));
      }
      boolean raw = statics.projection() && !(statics.connected() && !statics.stored());
      if (raw && options.extras().outProjection() && projected != pattern) {
        throw at.error(
            "hopfield: a pattern projection that is not projected needs the pattern size %d, got"
                + " %d features; set pattern(%d)",
            pattern, projected, projected);
      }
      List<Optional<Tensor>> weights = weights(projected);
      List<Optional<Tensor>> biases = biases();
      Tensor state = split(project(given.state, weights.get(0), biases.get(0)));
      Tensor key = project(given.stored, weights.get(1), biases.get(1));
      Tensor through =
          statics.connected() && !statics.stored()
              ? project(given.projection, weights.get(1), biases.get(1))
              : given.projection;
      Tensor value = split(project(through, weights.get(2), biases.get(2)), raw);
      return new Projections(state, split(key), value);
    }

    private int size(Tensor x, String what) {
      return Expect.fixed(at, "hopfield", x, -1, what);
    }

    /** Weights of states, stored patterns and projections; none for static ones. */
    private List<Optional<Tensor>> weights(int projected) {
      int input = input(options, size(given.state, "features"));
      int stored = size(given.stored, "features");
      boolean joint =
          stored == input
              && projected == input
              && options.sizes().pattern() == 0
              && !statics.connected();
      int wide = heads * hidden;
      int last = heads * pattern;
      if (!joint) {
        int from = statics.connected() && !statics.stored() ? wide : projected;
        return List.of(
            separate(statics.state(), "q_proj_weight", wide, input),
            separate(statics.stored(), "k_proj_weight", wide, stored),
            separate(statics.projection(), "v_proj_weight", last, from));
      }
      List<Integer> sizes = sizes(statics.projection() ? 0 : last);
      int rows = sizes.stream().mapToInt(i -> i).sum();
      if (rows == 0) {
        return List.of(Optional.empty(), Optional.empty(), Optional.empty());
      }
      return cut(at.parameter(CORE + "in_proj_weight", SMALL, rows, input), sizes);
    }

    private Optional<Tensor> separate(boolean isStatic, String name, int rows, int columns) {
      return isStatic
          ? Optional.empty()
          : Optional.of(at.parameter(CORE + name, SMALL, rows, columns));
    }

    private List<Integer> sizes(int last) {
      int wide = heads * hidden;
      return List.of(statics.state() ? 0 : wide, statics.stored() ? 0 : wide, last);
    }

    /** Biases; the official implementation has one for the projection even where it is static. */
    private List<Optional<Tensor>> biases() {
      if (!options.extras().bias()
          || (statics.state() && statics.stored() && statics.projection())) {
        return List.of(Optional.empty(), Optional.empty(), Optional.empty());
      }
      List<Integer> sizes = sizes(heads * pattern);
      int count = sizes.stream().mapToInt(i -> i).sum();
      List<Optional<Tensor>> biases =
          new ArrayList<>(
              cut(at.parameter(CORE + "in_proj_bias", Initializer.zeros(), count), sizes));
      if (statics.projection()) {
        biases.set(2, Optional.empty());
      }
      return biases;
    }

    /** Rows of a tensor in pieces, none where the piece is empty. */
    private static List<Optional<Tensor>> cut(Tensor all, List<Integer> sizes) {
      List<Optional<Tensor>> pieces = new ArrayList<>();
      int start = 0;
      for (int size : sizes) {
        pieces.add(size == 0 ? Optional.empty() : Optional.of(all.narrow(0, start, size)));
        start += size;
      }
      return pieces;
    }

    private static Tensor project(Tensor x, Optional<Tensor> weight, Optional<Tensor> bias) {
      Tensor product = weight.map(w -> x.matmul(w.transpose())).orElse(x);
      return bias.map(product::add).orElse(product);
    }

    private Tensor split(Tensor x) {
      return split(x, !x.dim(2).is((long) heads * hidden) || (heads > 1 && isRaw(x)));
    }

    private boolean isRaw(Tensor x) {
      return x == given.state || x == given.stored;
    }

    /**
     * {@code [N, L, heads · size]} to {@code [N, heads, L, size]}; raw ones are those of each head.
     */
    private Tensor split(Tensor x, boolean raw) {
      if (raw) {
        return x.unsqueeze(1).broadcastTo(x.shape().insert(1, Dim.of(heads)));
      }
      return x.reshape(x.dim(0), x.dim(1), Dim.of(heads), x.dim(2).dividedBy(heads))
          .transpose(1, 2);
    }
  }
}
