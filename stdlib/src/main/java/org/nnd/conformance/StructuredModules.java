package org.nnd.conformance;

import static org.nnd.layers.structured.Structured.blast;
import static org.nnd.layers.structured.Structured.btt;
import static org.nnd.layers.structured.Structured.gaudiMask;
import static org.nnd.layers.structured.Structured.monarch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Node;
import org.nnd.layers.structured.Blast;
import org.nnd.layers.structured.Btt;

/** Structured linear layers. */
final class StructuredModules {
  private StructuredModules() {}

  static Map<String, Function<Vector, Subject>> subjects() {
    Map<String, Function<Vector, Subject>> table = new LinkedHashMap<>();
    table.put("modeling_blast.py:BlastLinear", StructuredModules::blastLinear);
    table.put("layers/monarch_linear.py:MonarchLinear", StructuredModules::monarchLinear);
    table.put("mm/btt_mvm.py:btt_mvm", StructuredModules::blockTensorTrain);
    table.put("ops/gaudi_mask.py:gaudi_mask", StructuredModules::mask);
    return table;
  }

  private static int features(Vector v) {
    int[] shape = v.shape("in.x");
    return shape[shape.length - 1];
  }

  private static Subject blastLinear(Vector v) {
    int in = features(v);
    int out = v.number("out_features");
    v.expect("in_features", in).skip("precompute_matrix", "device", "dtype");
    int[] blocks =
        v.isList("num_blocks")
            ? v.numbers("num_blocks", 2)
            : new int[] {v.number("num_blocks"), v.number("num_blocks")};
    return Subject.layer(
            blast(out)
                .blocks(blocks[0], blocks[1])
                .rank(rank(v, Math.min(in, out)))
                .bias(v.flag("bias", true)))
        .references(
            nodes ->
                Map.of(
                    "ref.dense",
                    Blast.matrix(at(nodes, "p.B"), at(nodes, "p.C"), at(nodes, "p.D")).node()));
  }

  /**
   * A whole number, a share of full rank written as a fraction, or full rank where none is given.
   */
  private static int rank(Vector v, int full) {
    return v.value("rank").filter(Double.class::isInstance).isPresent()
        ? (int) (v.real("rank") * full)
        : v.number("rank", full);
  }

  private static Tensor at(Map<String, Node> nodes, String name) {
    return Tensor.of(nodes.get(name));
  }

  private static Subject monarchLinear(Vector v) {
    int in = features(v);
    int out = v.number("out_features");
    int blocks = v.number("nblocks", 4);
    v.expect("in_features", in).skip("device", "dtype");
    v.expect("in_ext", Math.ceilDiv(in, blocks) * blocks);
    v.expect("out_ext", Math.ceilDiv(out, blocks) * blocks);
    return Subject.layer(monarch(out).blocks(blocks).bias(v.flag("bias", true)));
  }

  private static Subject blockTensorTrain(Vector v) {
    v.expect("d_in", features(v));
    int[] ms = v.numbers("ms", 2);
    int[] ns = v.numbers("ns", 2);
    int[] rs = v.numbers("rs", 3);
    // The outer ranks count as parts of the sizes beside them.
    int m0 = ms[0] * rs[0];
    int n1 = ns[1] * rs[2];
    v.expect("d_out", ns[0] * n1);
    return Subject.layer(btt(ns[0] * n1).input(m0, ms[1]).output(ns[0], n1).rank(rs[1]))
        .references(
            nodes -> Map.of("ref.dense", Btt.matrix(at(nodes, "p.W1"), at(nodes, "p.W2")).node()));
  }

  /** The case has one mask for each row, so there is no batch. */
  private static Subject mask(Vector v) {
    int[] shape = v.shape("in.x");
    v.expect("blocks", shape[shape.length - 2]).expect("n", shape[shape.length - 1]);
    return Subject.layer(gaudiMask().sigma(v.real("sigma", 0))).fixed();
  }
}
