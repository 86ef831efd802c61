package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Index;

/**
 * How the contracted axes are cut into blocks of bounded size: the trailing axes whose product is
 * small enough run inside a block, the leading ones outside; where even the last axis is too long
 * (or depends on the batch size) it is cut into pieces.
 */
record KBlocks(List<Dim> outside, List<Dim> inside, int piece) {

  static KBlocks of(List<Dim> k, int most) {
    int from = k.size();
    long count = 1;
    while (from > 0 && k.get(from - 1).isFixed() && count * k.get(from - 1).fixed() <= most) {
      count *= k.get(--from).fixed();
    }
    if (from == k.size() && from > 0) {
      return new KBlocks(k.subList(0, from - 1), k.subList(from - 1, from), most);
    }
    return new KBlocks(k.subList(0, from), k.subList(from, k.size()), 0);
  }

  /** {@return whether there is more than one block} */
  boolean several() {
    return piece > 0 || !Contraction.product(outside).is(1);
  }

  /** {@return the most elements of a block} */
  int size() {
    return piece > 0 ? piece : Math.max(1, Contraction.product(inside).fixed());
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
      if (piece > 0) {
        body.loop(
            "k",
            from,
            to,
            1,
            1,
            inside.get(0),
            (block, k) -> step.write(block, with(List.of(k)), k.minus(from)));
      } else {
        nest(body, new ArrayList<>(), step);
      }
    }

    private void nest(Body body, List<Index> at, Step step) {
      if (at.size() == inside.size()) {
        step.write(body, with(at), Index.flatten(at, inside));
        return;
      }
      body.loop(
          "k",
          inside.get(at.size()),
          (block, k) -> {
            List<Index> deeper = new ArrayList<>(at);
            deeper.add(k);
            nest(block, deeper, step);
          });
    }

    private List<Index> with(List<Index> insideAt) {
      List<Index> at = new ArrayList<>(outsideAt);
      at.addAll(insideAt);
      return at;
    }
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
