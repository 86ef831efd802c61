package org.nnd.layers.kernels;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Dim;
import org.nnd.ir.Operations;
import org.nnd.ir.Window;

/**
 * A linear operator on pictures or sequences {@code [N, C, spatial...]} in the form of a multigrid
 * V-cycle (He, Liu and Xu 2024, MgNO): on each level {@code u += S (f - A u)}, the residual
 * restricted to half the size by a strided convolution, the coarse correction brought back by a
 * transposed one and smoothed again. All convolutions are 3 wide and without bias, so the layer is
 * linear in its input. Variables on level l: {@code levels.l.S.i}, {@code A.i} (i-th sweep down),
 * {@code R}, {@code P}, {@code post.S}, {@code post.A}, each {@code .weight}.
 *
 * @param sweeps smoothing steps on each level on the way down, finest first
 * @param edge the boundary: zeros for Dirichlet, reflect or replicate for Neumann, circular
 */
public record MgConv(int out, List<Integer> sweeps, Edge edge, Site site) implements UnaryLayer {
  private static final int WIDTH = 3;

  public MgConv {
    sweeps = List.copyOf(sweeps);
    Check.positive("mgConv", "the number of output channels", out);
    if (sweeps.isEmpty()) {
      throw Check.error("mgConv: expected the sweeps of at least one level, got none");
    }
    sweeps.forEach(n -> Check.positive("mgConv", "the sweeps of a level", n));
  }

  /** {@return this with so many sweeps on each level, finest first} */
  public MgConv sweeps(int... perLevel) {
    return new MgConv(out, IntStream.of(perLevel).boxed().toList(), edge, site);
  }

  /** {@return this with a boundary of zeros, reflect, replicate or circular} */
  public MgConv boundary(String name) {
    return new MgConv(out, sweeps, Edge.named("mgConv", name), site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    int axes = Inputs.axes(at, "mgConv", x, 1, 3);
    int shrunk = 1 << (sweeps.size() - 1);
    for (int axis = 2; axis < 2 + axes; axis++) {
      if (x.size(axis) < 2 * shrunk) {
        throw at.error(
            "mgConv: %d levels need at least %d samples along every axis, got %s",
            sweeps.size(), 2 * shrunk, x.shape());
      }
      if (edge == Edge.CIRCULAR && x.size(axis) % shrunk != 0) {
        throw at.error(
            "mgConv: with a circular boundary, %d levels need multiples of %d samples, got %s",
            sweeps.size(), shrunk, x.shape());
      }
    }
    return cycle(at, 0, x);
  }

  /** {@return an approximate solution of {@code A u = f} on a level and those below} */
  private Tensor cycle(Lowering at, int level, Tensor f) {
    String name = "levels." + level + ".";
    int in = f.size(1);
    Tensor u = conv(at, name + "S.0", f, in, out, 1);
    for (int sweep = 1; sweep < sweeps.get(level); sweep++) {
      Tensor residual = f.sub(conv(at, name + "A." + sweep, u, out, in, 1));
      u = u.add(conv(at, name + "S." + sweep, residual, in, out, 1));
    }
    if (level == sweeps.size() - 1) {
      return u;
    }
    Tensor residual = f.sub(conv(at, name + "A.0", u, out, in, 1));
    Tensor coarse = cycle(at, level + 1, conv(at, name + "R", residual, in, in, 2));
    u = u.add(prolonged(at, name + "P", coarse, f));
    Tensor rest = f.sub(conv(at, name + "post.A", u, out, in, 1));
    return u.add(conv(at, name + "post.S", rest, in, out, 1));
  }

  private Tensor conv(Lowering at, String name, Tensor x, int from, int to, int stride) {
    int axes = x.rank() - 2;
    Tensor weight = weight(at, name, to, from, axes);
    List<Integer> around = Collections.nCopies(axes, WIDTH / 2);
    Tensor padded = edge.pad(at, "mgConv", x, around);
    List<Integer> zeros = edge == Edge.ZEROS ? around : Collections.nCopies(axes, 0);
    Window window =
        Window.of(Collections.nCopies(axes, WIDTH))
            .stride(Collections.nCopies(axes, stride))
            .padding(zeros, zeros);
    return convolution(padded, weight, window);
  }

  /** A transposed convolution of stride 2 to the extents of {@code fine}. */
  private Tensor prolonged(Lowering at, String name, Tensor coarse, Tensor fine) {
    int axes = coarse.rank() - 2;
    Tensor weight = weight(at, name, out, out, axes);
    // One sample more on each side, so that the boundary continues; sample i lies at 2 i.
    Tensor wide =
        edge == Edge.ZEROS ? coarse : edge.pad(at, "mgConv", coarse, Collections.nCopies(axes, 1));
    int shift = edge == Edge.ZEROS ? 0 : 2;
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    for (int axis = 2; axis < 2 + axes; axis++) {
      low.add(WIDTH / 2 - shift);
      high.add(fine.size(axis) + WIDTH - 1 - (2 * wide.size(axis) - 1) - (WIDTH / 2 - shift));
    }
    Window window =
        Window.of(Collections.nCopies(axes, WIDTH))
            .padding(low, high)
            .inputDilation(Collections.nCopies(axes, 2));
    return convolution(wide, weight, window);
  }

  private static Tensor weight(Lowering at, String name, int to, int from, int axes) {
    long[] shape = new long[2 + axes];
    java.util.Arrays.fill(shape, WIDTH);
    shape[0] = to;
    shape[1] = from;
    return at.parameter(name + ".weight", Initializer.kaimingUniform(Math.sqrt(5)), shape);
  }

  private static Tensor convolution(Tensor x, Tensor weight, Window window) {
    return Tensor.of(Operations.convolution(x.node(), weight.node(), window, Dim.ONE, Dim.ONE));
  }

  @Override
  public String toString() {
    return "mgConv(" + out + ").sweeps(" + sweeps + ").boundary(\"" + edge + "\")";
  }
}
