package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Index;

/**
 * How the contracted axes are cut into blocks of bounded size: the trailing axes whose product is
 * small enough run inside a block, with a piece of the axis before them; the leading ones outside.
 *
 * @param outside axes of which a block has one position
 * @param inside axes that a block runs over
 * @param piece positions of the first inside axis per block; 0 for all of them
 */
record KBlocks(List<Dim> outside, List<Dim> inside, int piece) {

  static KBlocks of(List<Dim> k, int most) {
    int from = k.size();
    int count = 1;
    while (from > 0
        && k.get(from - 1).isFixed()
        && (long) count * k.get(from - 1).fixed() <= most) {
      count *= k.get(--from).fixed();
    }
    if (from == 0) {
      return new KBlocks(List.of(), k, 0);
    }
    return new KBlocks(
        k.subList(0, from - 1),
        k.subList(from - 1, k.size()),
        piece(k.get(from - 1), most / Math.max(1, count)));
  }

  /**
   * {@return blocks that run over nothing but the last axis, or pieces of it}
   *
   * @param most elements of a block; a piece is a multiple of {@code width}, and so is this
   */
  static KBlocks alongLast(List<Dim> k, int most, int width) {
    int last = k.size() - 1;
    boolean whole = k.get(last).isFixed() && k.get(last).fixed() <= most;
    int piece = whole ? 0 : Math.ceilDiv(piece(k.get(last), most), width) * width;
    return new KBlocks(k.subList(0, last), List.of(k.get(last)), piece);
  }

  /** Pieces of at most {@code most}, as equal as may be. */
  private static int piece(Dim extent, int most) {
    return extent.isFixed() && !extent.is(0)
        ? Math.ceilDiv(extent.fixed(), Math.ceilDiv(extent.fixed(), most))
        : most;
  }

  /** {@return whether there is more than one block} */
  boolean several() {
    return piece > 0 || !Contraction.product(outside).is(1);
  }

  /** {@return the most elements of a block} */
  int size() {
    Dim rest = Contraction.product(piece > 0 ? inside.subList(1, inside.size()) : inside);
    return Math.max(1, rest.fixed()) * Math.max(1, piece);
  }

  /** Coordinates along all contracted axes, and the position within the block. */
  interface Step {
    void write(Body body, List<Index> at, Index flat);
  }

  interface BlockBody {
    void write(Body body, Block block);
  }

  /** One block: where it is outside, and what remains to loop over. */
  final class Block {
    private final List<Index> outsideAt;
    private final Index from;
    private final Index to;

    private Block(List<Index> outsideAt, Index from, Index to) {
      this.outsideAt = outsideAt;
      this.from = from;
      this.to = to;
    }

    void loop(Body body, Step step) {
      nest(body, List.of(), step);
    }

    /** Loops over the rows of {@link Squares} and over what is left; for blocks of one axis. */
    void squares(Body body, Emitter emitter, int width, Step step) {
      Dim extent = inside.get(0);
      Index end = piece > 0 ? to : Index.of(extent);
      body.loop(
          "k",
          from,
          end,
          width,
          width,
          extent,
          (block, first) ->
              Squares.rows(
                  emitter,
                  first,
                  width,
                  false,
                  k -> step.write(block, with(List.of(k)), k.minus(from))));
      if (extent.fixed() % width != 0 || piece % width != 0) {
        Index left = from.plus(end.minus(from).dividedBy(Dim.of(width)).times(width));
        body.loop(
            "k",
            left,
            end,
            1,
            1,
            extent,
            (block, k) -> step.write(block, with(List.of(k)), k.minus(from)));
      }
    }

    private void nest(Body body, List<Index> at, Step step) {
      if (at.size() == inside.size()) {
        List<Index> within = new ArrayList<>(at);
        if (piece > 0) {
          within.set(0, at.get(0).minus(from));
        }
        step.write(body, with(at), Index.flatten(within, inside));
        return;
      }
      Dim extent = inside.get(at.size());
      Body.LoopBody next =
          (block, k) -> {
            List<Index> deeper = new ArrayList<>(at);
            deeper.add(k);
            nest(block, deeper, step);
          };
      if (at.isEmpty() && piece > 0) {
        body.loop("k", from, to, 1, 1, extent, next);
      } else {
        body.loop("k", extent, next);
      }
    }

    private List<Index> with(List<Index> insideAt) {
      List<Index> at = new ArrayList<>(outsideAt);
      at.addAll(insideAt);
      return at;
    }
  }

  /** {@return the block of which there is only one} */
  Block only() {
    return new Block(outside.stream().map(axis -> Index.ZERO).toList(), Index.ZERO, Index.ZERO);
  }

  /** Writes a loop over the blocks. */
  void loop(Body body, BlockBody write) {
    nest(body, new ArrayList<>(), write);
  }

  private void nest(Body body, List<Index> at, BlockBody write) {
    if (at.size() < outside.size()) {
      body.loop(
          "k_outer",
          outside.get(at.size()),
          (block, k) -> {
            List<Index> deeper = new ArrayList<>(at);
            deeper.add(k);
            nest(block, deeper, write);
          });
    } else if (piece > 0) {
      Dim extent = inside.get(0);
      body.loop(
          "k_block",
          Index.ZERO,
          Index.of(extent),
          piece,
          1,
          extent,
          (block, from) -> {
            Index to =
                block.letIndex(
                    "k_end", Index.least(from.plus(piece), Index.of(extent)), extent.plus(1));
            write.write(block, new Block(at, from, to));
          });
    } else {
      write.write(body, new Block(at, Index.ZERO, Index.ZERO));
    }
  }
}
