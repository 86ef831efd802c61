package org.nnd.layers.structured;

import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Dim;

/**
 * Monarch (Dao et al. 2022): two block-diagonal matrices with a transposition of block and position
 * between them. Sizes that the blocks do not divide are padded, and the output is cut. Variables
 * {@code blkdiag1 [blocks, m, in/blocks]}, {@code blkdiag2 [blocks, out/blocks, m]} with {@code m}
 * the smaller of both block sizes, and {@code bias [out]}.
 */
public record Monarch(int out, int blocks, boolean bias, Site site) implements UnaryLayer {
  public Monarch {
    Check.positive("monarch", "the number of blocks", blocks);
  }

  /** {@return this with so many blocks in each of the two matrices; 4 unless told} */
  public Monarch blocks(int number) {
    return new Monarch(out, number, bias, site);
  }

  /** {@return this with a bias added to the result, or without one} */
  public Monarch bias(boolean wanted) {
    return new Monarch(out, blocks, wanted, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Rows input = Rows.of(at, "monarch", x);
    int in = input.features();
    int inBlock = Math.ceilDiv(in, blocks);
    int outBlock = Math.ceilDiv(out, blocks);
    int middle = Math.min(inBlock, outBlock);
    Initializer initial = Initializer.kaimingUniform(Math.sqrt(5), inBlock);
    Initializer second = Initializer.kaimingUniform(Math.sqrt(5), middle);
    Tensor first = at.parameter("blkdiag1", initial, blocks, middle, inBlock);
    Tensor last = at.parameter("blkdiag2", second, blocks, outBlock, middle);

    Dim n = input.count();
    Tensor padded = input.x().pad(1, 0, (long) inBlock * blocks - in, 0);
    Tensor parts = padded.reshape(n, Dim.of(blocks), Dim.of(inBlock)).transpose(0, 1);
    Tensor u = Rows.product(parts, first).transpose(0, 1); // [N, blocks, middle]
    // Element b * middle + m of a row goes to block (b * middle + m) % blocks.
    Tensor turned = u.reshape(n, Dim.of(middle), Dim.of(blocks)).permute(2, 0, 1);
    Tensor v = Rows.product(turned, last); // [blocks, N, outBlock]
    Tensor y = v.permute(1, 2, 0).reshape(n, Dim.of((long) outBlock * blocks));
    Tensor result = input.restore(y.narrow(1, 0, out));
    Initializer biases = Initializer.kaimingUniform(Math.sqrt(5), in);
    return bias ? result.add(at.parameter("bias", biases, out)) : result;
  }

  @Override
  public String toString() {
    return "monarch("
        + out
        + ")"
        + (blocks == 4 ? "" : ".blocks(" + blocks + ")")
        + (bias ? "" : ".bias(false)");
  }
}
