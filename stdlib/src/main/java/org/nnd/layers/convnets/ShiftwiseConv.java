package org.nnd.layers.convnets;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * Shiftwise convolution (Li et al. 2025, section 3): every channel has {@code n = ceil(kernel /
 * small)} small depthwise results; shifted by steps of {@code small} along the width they add up to
 * a {@code small x kernel} convolution, along the height to a {@code kernel x small} one, and one
 * of them stays where it is. The three sums have a batch norm each and are added to the input; the
 * last channels go through unchanged. Which small result takes which place is drawn once for each
 * repetition and direction, so that the same results serve many kernels. Keeps {@code [N, C, H,
 * W]}. Convolution being linear, it is computed with the large kernels that the small ones add up
 * to, which the compiler has good code for, whatever the repetitions. Parts: {@code LoRAs.P.weight
 * [n R, 1, small, small]} for {@code R} convolved channels, {@code bn_lora1}, {@code bn_lora2},
 * {@code bn_small}.
 *
 * <p>Small kernels may be pruned whole by {@link org.nnd.layers.Sparse}. The official code draws
 * places with PyTorch's generator and convolves a random choice of channels, so that its weights
 * need the same draws to mean the same.
 *
 * @param paths how many sets of small kernels are added; in inference they are one
 * @param repetitions how often the small results are used anew, at other places
 * @param unchanged the share of channels that go through as they are
 */
public record ShiftwiseConv(
    int kernel, int small, int paths, int repetitions, double unchanged, Site site)
    implements Block {
  private static final String KIND = "shiftwiseConv";

  public ShiftwiseConv {
    Check.odd(KIND, "the kernel", kernel);
    Check.odd(KIND, "the small kernel", small);
    Check.positive(KIND, "the number of paths", paths);
    Check.positive(KIND, "the number of repetitions", repetitions);
    Check.fraction(KIND, "the share of unchanged channels", unchanged);
    if (small > kernel) {
      throw Check.error(
          "%s: the small kernel must not be larger than the kernel %d, got %d",
          KIND, kernel, small);
    }
  }

  /** {@return this with small kernels of {@code size x size}; 3 unless told} */
  public ShiftwiseConv small(int size) {
    return new ShiftwiseConv(kernel, size, paths, repetitions, unchanged, site);
  }

  /**
   * {@return this adding so many sets of small kernels, which in inference are one; 2 unless told}
   */
  public ShiftwiseConv paths(int number) {
    return new ShiftwiseConv(kernel, small, number, repetitions, unchanged, site);
  }

  /** {@return this using the small results so many times, at other places; 4 unless told} */
  public ShiftwiseConv repetitions(int number) {
    return new ShiftwiseConv(kernel, small, paths, number, unchanged, site);
  }

  /**
   * {@return this where a share of the channels, the last ones, goes through unchanged; 0.23 unless
   * told}
   */
  public ShiftwiseConv unchanged(double share) {
    return new ShiftwiseConv(kernel, small, paths, repetitions, share, site);
  }

  /** {@return how many small kernels lie beside each other in a large one} */
  public int pieces() {
    return (kernel + small - 1) / small;
  }

  /**
   * {@return for each place of the large kernel the small result that is there, drawn by channel,
   * repetition and direction (0 along the width, 1 along the height)}
   */
  public List<Integer> places(int channel, int repetition, int direction) {
    long key = (channel * 1_000_003L + repetition) * 2 + direction;
    SplittableRandom random = new SplittableRandom(key);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < pieces(); i++) {
      places.add(random.nextInt(i + 1), i);
    }
    return places;
  }

  /** {@return the small result that stays where it is} */
  public int centre(int channel, int repetition) {
    return new SplittableRandom(channel * 1_000_003L + repetition + (1L << 40)).nextInt(pieces());
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Expect.rank(at, KIND, x, 4, "[N, C, H, W]");
    int channels = Expect.fixed(at, KIND, x, 1, "channels");
    int convolved = unchanged == 0 ? channels : (int) (channels * (1 - unchanged)) / 2 * 2;
    if (convolved == 0) {
      throw at.error("%s: a share %s unchanged leaves no channel of %d", KIND, unchanged, channels);
    }
    Tensor seen = x.narrow(1, 0, convolved);
    Tensor pieces = smallKernels(at, convolved);
    Tensor y =
        at.call("bn_lora1", Layers.batchNorm(), convolve(seen, beside(pieces, 0), 0))
            .add(at.call("bn_lora2", Layers.batchNorm(), convolve(seen, beside(pieces, 1), 1)))
            .add(at.call("bn_small", Layers.batchNorm(), convolve(seen, centre(pieces), 2)))
            .add(seen);
    Tensor all =
        convolved == channels ? y : y.concat(1, x.narrow(1, convolved, channels - convolved));
    return Tensors.of(all).with(inputs.masks());
  }

  /** The sum of all paths, {@code [R, n, small * small]}. */
  private Tensor smallKernels(Lowering at, int convolved) {
    Shape shape = Shape.of((long) convolved * pieces(), 1, small, small);
    Initializer initial = Initializer.kaimingUniform(Math.sqrt(5));
    Tensor sum = at.parameter("LoRAs.0.weight", initial, shape);
    for (int path = 1; path < paths; path++) {
      sum = sum.add(at.parameter("LoRAs." + path + ".weight", initial, shape));
    }
    return sum.reshape(convolved, pieces(), (long) small * small);
  }

  /** Small kernels side by side along one direction, added up over the repetitions. */
  private Tensor beside(Tensor pieces, int direction) {
    int channels = pieces.size(0);
    int n = pieces();
    double[] counts = new double[channels * n * n];
    for (int channel = 0; channel < channels; channel++) {
      for (int repetition = 0; repetition < repetitions; repetition++) {
        List<Integer> places = places(channel, repetition, direction);
        for (int place = 0; place < n; place++) {
          counts[(channel * n + place) * n + places.get(place)]++;
        }
      }
    }
    Tensor placed = constant(pieces, counts, channels, n, n).matmul(pieces);
    return direction == 0
        ? placed
            .reshape(channels, n, small, small)
            .permute(0, 2, 1, 3)
            .reshape(channels, 1, small, (long) n * small)
        : placed.reshape(channels, 1, (long) n * small, small);
  }

  private Tensor centre(Tensor pieces) {
    int channels = pieces.size(0);
    double[] counts = new double[channels * pieces()];
    for (int channel = 0; channel < channels; channel++) {
      for (int repetition = 0; repetition < repetitions; repetition++) {
        counts[channel * pieces() + centre(channel, repetition)]++;
      }
    }
    return constant(pieces, counts, channels, 1, pieces())
        .matmul(pieces)
        .reshape(channels, 1, small, small);
  }

  private static Tensor constant(Tensor like, double[] values, int... shape) {
    return Tensor.of(Operations.constant(Literal.ofDoubles(like.dtype(), values, shape)));
  }

  /** Depthwise convolution whose tap {@code kernel / 2} along the long axis is the centre. */
  private Tensor convolve(Tensor x, Tensor weight, int direction) {
    List<Integer> low = new ArrayList<>(List.of(small / 2, small / 2));
    List<Integer> high = new ArrayList<>(low);
    List<Integer> size = new ArrayList<>(List.of(small, small));
    if (direction < 2) {
      int axis = 1 - direction;
      size.set(axis, pieces() * small);
      low.set(axis, kernel / 2);
      high.set(axis, pieces() * small - 1 - kernel / 2);
    }
    Window window = Window.of(size).padding(low, high);
    return Tensor.of(
        Operations.convolution(x.node(), weight.node(), window, Dim.of(weight.size(0)), Dim.ONE));
  }

  @Override
  public String toString() {
    return KIND
        + "("
        + kernel
        + ").small("
        + small
        + ").paths("
        + paths
        + ").repetitions("
        + repetitions
        + ").unchanged("
        + unchanged
        + ")";
  }
}
