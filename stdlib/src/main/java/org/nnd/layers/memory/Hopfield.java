package org.nnd.layers.memory;

import java.util.List;
import java.util.Optional;
import org.nnd.dsl.Block;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Shape;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * The layer Hopfield (Ramsauer et al. 2021): state patterns {@code [N, L, D]} are associated with
 * stored patterns {@code [N, S, E]}, and what is retrieved is read from the pattern projection
 * {@code [N, S, F]}; {@code [N, L, out]}. With one input all three are this one, with two (stored,
 * state) the projection is that of the stored patterns.
 *
 * <p>Masks: {@code mask} (bool {@code [N, S]}, true where there is a pattern), {@code
 * stored_pattern_padding_mask} (the same, true where there is none), {@code association_mask}
 * (bool, true where a state may not look, or added to the scores; {@code [L, S]}, {@code [N, L, S]}
 * or {@code [N, heads, L, S]}). Variables as in the official implementation.
 */
public record Hopfield(Association association, Site site)
    implements Block, HopfieldOptions<Hopfield> {
  private static final List<String> ROLES = List.of("stored", "state", "proj");

  @Override
  public Hopfield with(Association other) {
    return new Hopfield(other, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensors main = inputs.main();
    Projections.Patterns patterns =
        switch (main.size()) {
          case 1 -> Projections.Patterns.of(main.get(0));
          case 2 -> new Projections.Patterns(role(main, 0), role(main, 1), role(main, 0));
          case 3 -> new Projections.Patterns(role(main, 0), role(main, 1), role(main, 2));
          default ->
              throw at.error(
                  "hopfield expects stored patterns, and perhaps states and a pattern projection,"
                      + " got %s",
                  main.names());
        };
    Tensor result = associate(at, association, patterns, inputs, patterns.state().dim(0));
    return Tensors.of(result).with(inputs.masks());
  }

  /** An input by its usual name, else by its place. */
  private static Tensor role(Tensors main, int place) {
    return main.find(ROLES.get(place)).orElseGet(() -> main.get(place));
  }

  /** {@return what is retrieved, {@code [N, L, out]}} */
  static Tensor associate(
      Lowering at, Association options, Projections.Patterns given, Tensors inputs, Dim batch) {
    for (Tensor x : List.of(given.stored(), given.state(), given.projection())) {
      Expect.rank(at, "hopfield", x, 3, "patterns [N, length, features]");
      Expect.floats(at, "hopfield", x);
    }
    if (!given.stored().dim(1).equals(given.projection().dim(1))) {
      throw at.error(
          "hopfield: there are %s stored patterns and %s projected ones; expected as many",
          given.stored().dim(1), given.projection().dim(1));
    }
    int hidden = Projections.hidden(at, options, given);
    Association.Norms norms = options.norms();
    Projections.Patterns normal =
        new Projections.Patterns(
            norm(at, "norm_stored_pattern", norms.stored(), given.stored()),
            norm(at, "norm_state_pattern", norms.state(), given.state()),
            norm(at, "norm_pattern_projection", norms.projection(), given.projection()));
    Projections in = space(at, options, Projections.of(at, options, normal, hidden), hidden);
    in = appended(at, options, in, hidden);
    Tensor stored = Retrieval.forAll(in.stored(), batch);
    Tensor state = Retrieval.forAll(in.state(), batch);
    Shape scores = state.shape().with(3, stored.shape().dim(2));
    int extra = (options.extras().biasPattern() ? 1 : 0) + (options.extras().zeroPattern() ? 1 : 0);
    Masks masks = Masks.of(at, inputs, scores, extra);
    double beta = options.isPlain() ? 1 : 1 / Math.sqrt(hidden);
    Retrieval retrieval =
        new Retrieval(
            stored, masks.allowed(), masks.added(), options.updates(), options.heads(), beta);
    Tensor associations =
        at.call(
            "dropout", Layers.dropout(options.extras().dropout()), retrieval.associations(state));
    Tensor seen = associations.matmul(Retrieval.forAll(in.projection(), batch));
    Tensor joined = seen.transpose(1, 2).flatten(2);
    Tensor out = options.extras().outProjection() ? mixed(at, options, joined, given) : joined;
    return options.extras().activation().map(a -> a.function().of(out)).orElse(out);
  }

  private static Tensor mixed(
      Lowering at, Association options, Tensor joined, Projections.Patterns given) {
    Association.Sizes sizes = options.sizes();
    int input =
        sizes.input() > 0 && options.statics().state()
            ? sizes.input()
            : Expect.fixed(at, "hopfield", given.state(), -1, "features");
    return at.call(
        "association_core.out_proj",
        Layers.dense(sizes.output() > 0 ? sizes.output() : input)
            .bias(options.extras().bias())
            .initializer(Initializer.normal(0, 0.02), Initializer.zeros()),
        joined);
  }

  private static Tensor norm(Lowering at, String name, PatternNorm norm, Tensor x) {
    return norm.wanted() ? at.call(name, norm.layer(), x) : x;
  }

  /** States and stored patterns normalised per head, by one norm for both. */
  private static Projections space(Lowering at, Association options, Projections in, int hidden) {
    PatternNorm norm = options.norms().space();
    if (!norm.wanted()) {
      return in;
    }
    Optional<Tensor> weight =
        norm.affine()
            ? Optional.of(
                at.parameter("association_core.p_norm_weight", Initializer.ones(), hidden))
            : Optional.empty();
    Optional<Tensor> bias =
        norm.affine()
            ? Optional.of(at.parameter("association_core.p_norm_bias", Initializer.zeros(), hidden))
            : Optional.empty();
    return new Projections(
        standardized(in.state(), norm, weight, bias),
        standardized(in.stored(), norm, weight, bias),
        in.projection());
  }

  private static Tensor standardized(
      Tensor x, PatternNorm norm, Optional<Tensor> weight, Optional<Tensor> bias) {
    Tensor centred = x.sub(x.keepDims(Tensor::mean, -1));
    Tensor variance = centred.square().keepDims(Tensor::mean, -1);
    Tensor normal = centred.mul(variance.add(norm.eps()).rsqrt());
    Tensor scaled = weight.map(normal::mul).orElse(normal);
    return bias.map(scaled::add).orElse(scaled);
  }

  /** With a trained pattern and one of zeros stored at the end, as far as wanted. */
  private static Projections appended(
      Lowering at, Association options, Projections in, int hidden) {
    Projections result = in;
    int heads = options.heads();
    Association.Extras extras = options.extras();
    if (extras.biasPattern()) {
      if (options.statics().stored() || options.statics().projection()) {
        throw at.error(
            "hopfield: a bias pattern is stored besides projected patterns only, not static ones");
      }
      if (!in.projection().dim(3).is(hidden)) {
        throw at.error(
            "hopfield: a bias pattern needs a pattern size equal to the hidden size, got %s and %d",
            in.projection().dim(3), hidden);
      }
      Initializer small = Initializer.normal(0, 0.02);
      result =
          new Projections(
              in.state(),
              behind(
                  in.stored(),
                  at.parameter("association_core.bias_k", small, 1, 1, heads * hidden)),
              behind(
                  in.projection(),
                  at.parameter("association_core.bias_v", small, 1, 1, heads * hidden)));
    }
    if (extras.zeroPattern()) {
      result =
          new Projections(
              result.state(), result.stored().pad(2, 0, 1, 0), result.projection().pad(2, 0, 1, 0));
    }
    return result;
  }

  private static Tensor behind(Tensor patterns, Tensor one) {
    Tensor each = one.reshape(1, patterns.size(1), 1, patterns.size(3));
    Shape shape = patterns.shape().with(2, Dim.ONE);
    return patterns.concat(2, each.broadcastTo(shape));
  }

  /** What the masks among the inputs say about the scores {@code [N, heads, L, S]}. */
  private record Masks(Optional<Tensor> allowed, Optional<Tensor> added) {
    static Masks of(Lowering at, Tensors inputs, Shape scores, int extra) {
      Optional<Tensor> allowed = Optional.empty();
      Optional<Tensor> added = Optional.empty();
      if (inputs.find("mask").isPresent()) {
        allowed = and(allowed, stored(at, inputs.get("mask"), scores, extra, true));
      }
      if (inputs.find("stored_pattern_padding_mask").isPresent()) {
        Tensor padding = inputs.get("stored_pattern_padding_mask");
        allowed = and(allowed, stored(at, padding, scores, extra, false));
      }
      if (inputs.find("association_mask").isPresent()) {
        Tensor mask = aligned(at, inputs.get("association_mask"), scores, extra);
        if (mask.dtype() == DType.BOOL) {
          allowed = and(allowed, mask.not());
        } else {
          added = Optional.of(mask);
        }
      }
      return new Masks(allowed, added);
    }

    private static Optional<Tensor> and(Optional<Tensor> before, Tensor mask) {
      return Optional.of(before.map(mask::and).orElse(mask));
    }

    /** {@code [N, S]} to {@code [N, 1, 1, S]}, true where there is a pattern. */
    private static Tensor stored(
        Lowering at, Tensor mask, Shape scores, int extra, boolean present) {
      Expect.dtype(at, "hopfield: the mask of the stored patterns", mask, DType.BOOL);
      Dim given = scores.dim(3).plus(-extra);
      boolean fits =
          mask.rank() == 2 && mask.dim(0).equals(scores.dim(0)) && mask.dim(1).equals(given);
      if (!fits) {
        throw at.error(
            "hopfield: the mask %s does not fit the stored patterns [%s, %s]",
            mask.shape(), scores.dim(0), given);
      }
      Tensor known = present ? mask : mask.not();
      Tensor all = extra == 0 ? known : known.concat(1, always(scores.dim(0), extra));
      return all.unsqueeze(1).unsqueeze(1);
    }

    private static Tensor always(Dim batch, int extra) {
      return Tensor.full(DType.BOOL, Shape.of(batch, Dim.of(extra)), 1);
    }

    private static Tensor aligned(Lowering at, Tensor mask, Shape scores, int extra) {
      if (mask.dtype() != DType.BOOL) {
        Expect.floats(at, "hopfield: the association mask", mask);
      }
      Shape wanted = scores.with(3, scores.dim(3).plus(-extra));
      Shape shape =
          switch (mask.rank()) {
            case 2 -> mask.shape().insert(0, Dim.ONE).insert(0, Dim.ONE);
            case 3 -> mask.shape().insert(1, Dim.ONE);
            default -> mask.shape();
          };
      boolean folded =
          mask.rank() == 3
              && !mask.dim(0).equals(wanted.dim(0))
              && mask.dim(0).equals(wanted.dim(0).times(wanted.dim(1)));
      if (folded) {
        // The official form, [N · heads, L, S].
        shape = wanted;
      }
      for (int axis = 0; axis < 4; axis++) {
        boolean fits =
            shape.rank() == 4
                && (shape.dim(axis).is(1) || shape.dim(axis).equals(wanted.dim(axis)));
        if (!fits) {
          throw at.error(
              "hopfield: the association mask %s does not fit the scores [N, heads, states, stored]"
                  + " = %s",
              mask.shape(), wanted);
        }
      }
      Tensor full = mask.reshape(shape);
      return extra == 0 ? full : full.pad(3, 0, extra, 0);
    }
  }

  @Override
  public String toString() {
    return "hopfield()" + association;
  }
}
