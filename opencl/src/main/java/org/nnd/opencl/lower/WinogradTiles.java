package org.nnd.opencl.lower;

import java.util.List;
import java.util.Optional;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Window;
import org.nnd.opencl.kernel.Index;

/**
 * How {@link Winograd} cuts a convolution: tiles of {@code size x size} results, {@code across} in
 * a row and {@code down} in a column, for each of them {@link #points} products.
 *
 * <p>The transformed weights are {@code u[point][block of rows][c][row]}, the transformed pictures
 * {@code v[n][point][c][tile]}, their products {@code m[n][point][k][tile]}; the tiles of a picture
 * take {@code pitch} elements.
 *
 * @param size of a tile of results: 2 or 4
 * @param lanes tiles of a row that are transformed at once
 * @param vectors per tile of registers of the products
 * @param rows per tile of registers of the products
 */
record WinogradTiles(
    Dim pictures,
    int in,
    int out,
    int height,
    int width,
    int size,
    int lanes,
    int vectors,
    int rows,
    int pitch) {
  /** What an element of a transform costs, in multiply-adds of a product: two ways to memory. */
  private static final int TRANSFORM = 12;

  /** Columns for whose multiply-adds a weight is read from memory. */
  private static final int READ = 12;

  /** Channels in, times channels out, from which on the transforms are worth a thought. */
  private static final int FEW = 1024;

  /** Elements of a picture's plane that a work-item keeps near. */
  private static final int PLANE = 40000;

  /** {@return the tiles for which a convolution takes least; none where the direct way does} */
  static Optional<WinogradTiles> of(Node convolution, Target target) {
    if (!fits(convolution)) {
      return Optional.empty();
    }
    long direct = 9L * channels(convolution) * area(convolution);
    WinogradTiles two = of(convolution, 2, target.width());
    WinogradTiles four = of(convolution, 4, target.width());
    WinogradTiles best = four.cost() < two.cost() ? four : two;
    return best.across() > 1 && best.cost() < 0.9 * direct ? Optional.of(best) : Optional.empty();
  }

  private static boolean fits(Node convolution) {
    Op.Convolution op = (Op.Convolution) convolution.op();
    Window window = op.window();
    Node input = convolution.operand(0);
    Node kernel = convolution.operand(1);
    List<Integer> ones = List.of(1, 1);
    return window.rank() == 2
        && window.stride().equals(ones)
        && window.dilation().equals(ones)
        && window.inputDilation().equals(ones)
        && window.low().stream().allMatch(low -> low >= 0)
        && window.high().stream().allMatch(high -> high >= 0)
        && op.featureGroups().is(1)
        && op.batchGroups().is(1)
        && input.dtype() == DType.F32
        && kernel.dtype() == DType.F32
        && kernel.shape().isFixed()
        && input.shape().slice(1, 4).isFixed()
        && kernel.shape().size(2) == 3
        && kernel.shape().size(3) == 3
        && kernel.shape().size(0) % 8 == 0
        && channels(convolution) >= FEW
        && input.shape().slice(2, 4).count().fixed() <= PLANE
        && area(convolution) > 0;
  }

  private static long channels(Node convolution) {
    Node kernel = convolution.operand(1);
    return (long) kernel.shape().size(0) * kernel.shape().size(1);
  }

  private static long area(Node convolution) {
    return convolution.shape().slice(2, 4).count().fixed();
  }

  private static WinogradTiles of(Node convolution, int size, int width) {
    int out = convolution.shape().size(1);
    int across = Math.ceilDiv(convolution.shape().size(3), size);
    int down = Math.ceilDiv(convolution.shape().size(2), size);
    int lanes = 1;
    while (lanes < Math.min(width, across)) {
      lanes *= 2;
    }
    int end = (down - 1) * across + (across - 1) / lanes * lanes + lanes;
    int registers = Math.ceilDiv(end, width);
    int vectors =
        registers == 1
            ? 1
            : Math.ceilDiv(registers, 3) * 3 <= Math.ceilDiv(registers, 2) * 2 ? 3 : 2;
    return new WinogradTiles(
        convolution.shape().dim(0),
        convolution.operand(1).shape().size(1),
        out,
        convolution.shape().size(2),
        convolution.shape().size(3),
        size,
        lanes,
        vectors,
        vectors == 1 && out % 16 == 0 ? 16 : 8,
        Math.ceilDiv(registers, vectors) * vectors * width);
  }

  int across() {
    return Math.ceilDiv(width, size);
  }

  int down() {
    return Math.ceilDiv(height, size);
  }

  /** {@return side of the square of input elements that a tile depends on} */
  int side() {
    return size + 2;
  }

  int points() {
    return side() * side();
  }

  /** {@return vectors of tiles in a row} */
  int steps() {
    return Math.ceilDiv(across(), lanes);
  }

  int blocks() {
    return out / rows;
  }

  /** {@return multiply-adds for a picture, and what else takes as long} */
  private double cost() {
    double products = (double) points() * in * out * Math.max(pitch, READ);
    double waste = 16.0 / lanes;
    return products + (double) points() * down() * across() * (in + out) * TRANSFORM * waste;
  }

  Index weights(Index point, Index block, Index channel) {
    return point.times(blocks()).plus(block).times(in).plus(channel).times(rows);
  }

  Index inputs(Index picture, Index point, Index channel) {
    return at(picture, point, channel, in);
  }

  Index products(Index picture, Index point, Index channel) {
    return at(picture, point, channel, out);
  }

  private Index at(Index picture, Index point, Index channel, int channels) {
    return picture.times(points()).plus(point).times(channels).plus(channel).times(pitch);
  }

  Dim weightElements() {
    return Dim.of((long) points() * in * out);
  }

  Dim elements(int channels) {
    return pictures.times((int) ((long) points() * channels * pitch));
  }
}
