package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/**
 * Philox4x32-10 (Salmon et al. 2011), so that an exported network draws the very numbers that it
 * draws here: 32-bit words in i64 values, the ten rounds as a Scan over the keys.
 */
final class RandomNumbers {
  private static final int ROUNDS = 10;
  private static final double WORD = 0x1p32;

  private RandomNumbers() {}

  static String bits(Scope s, Node node, Op.RandomBits random) {
    Arithmetic a = new Arithmetic(s, DType.I64);
    Dim count = random.shape().count();
    if (count.is(0)) {
      return s.full(node.type(), 0);
    }
    String one = s.scalar(DType.I64, 1);
    String last = a.add(s.extent(count), a.number(3));
    String blocks = s.call("Range", List.of(a.number(0), a.divide(last, a.number(4)), one));
    String zeros = a.multiply(blocks, a.number(0));
    List<String> given = new ArrayList<>();
    given.add(a.modulo(blocks, WORD));
    given.add(a.add(zeros, word(s, a, node, 1)));
    given.add(a.add(zeros, a.number(random.use() & 0xffffffffL)));
    given.add(a.add(zeros, a.number(random.stream() >>> 32)));
    given.add(keys(a, word(s, a, node, 0), 0x9E3779B9L));
    given.add(keys(a, a.number(random.stream() & 0xffffffffL), 0xBB67AE85L));
    List<String> words = s.call("Scan", given, Map.of("body", round(s), "num_scan_inputs", 2L), 4);

    List<String> columns =
        words.stream().map(w -> s.call("Unsqueeze", List.of(w, s.longs(1)))).toList();
    String table = s.call("Concat", columns, Map.of("axis", 1L));
    String flat = s.call("Reshape", List.of(table, s.longs(-1)));
    String used = s.slice(flat, List.of(Dim.ZERO), List.of(count), new long[] {0}, new long[] {1});
    // Words of 2^31 and more are negative i32.
    String signed = a.where(a.less(used, 0x1p31), used, a.subtract(used, a.number(WORD)));
    return s.reshape(s.cast(signed, DType.I64, DType.I32), Shape.of(count), random.shape());
  }

  /** The seed or the step as a word. */
  private static String word(Scope s, Arithmetic a, Node node, int operand) {
    return a.modulo(s.cast(s.operand(node, operand), DType.I32, DType.I64), WORD);
  }

  /** {@return the key of each round} */
  private static String keys(Arithmetic a, String key, long weyl) {
    long[] steps = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      steps[i] = (i * weyl) & 0xffffffffL;
    }
    return a.modulo(a.add(a.scope().constant(Literal.of(steps, ROUNDS)), key), WORD);
  }

  private static Body round(Scope s) {
    Scope inner = s.inner();
    Arithmetic a = new Arithmetic(inner, DType.I64);
    List<String> blocks = List.of(inner.fresh("blocks"));
    List<Typed> inputs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      inputs.add(new Typed(inner.fresh("word"), DType.I64, blocks));
    }
    for (int i = 0; i < 2; i++) {
      inputs.add(new Typed(inner.fresh("key"), TensorType.scalar(DType.I64)));
    }
    String[] low = new String[2];
    String[] high = new String[2];
    long[] factors = {0xD2511F53L, 0xCD9E8D57L};
    for (int i = 0; i < 2; i++) {
      String product = a.multiply(inputs.get(2 * i).name(), a.number(factors[i]));
      low[i] = a.modulo(product, WORD);
      high[i] = a.modulo(a.divide(a.subtract(product, low[i]), a.number(WORD)), WORD);
    }
    String first = xor(a, xor(a, high[1], inputs.get(1).name()), inputs.get(4).name());
    String third = xor(a, xor(a, high[0], inputs.get(3).name()), inputs.get(5).name());
    List<Typed> outputs = new ArrayList<>();
    for (String word : List.of(first, low[1], third, low[0])) {
      outputs.add(new Typed(word, DType.I64, blocks));
    }
    return new Body(inputs, inner.calls(), outputs);
  }

  private static String xor(Arithmetic a, String x, String y) {
    return Integers.bytes(a, BinaryOp.XOR, x, y, 4);
  }
}
