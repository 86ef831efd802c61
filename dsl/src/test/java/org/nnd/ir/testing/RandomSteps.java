package org.nnd.ir.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.testing.Pool.Entry;

/** One way to apply each operation to values of the pool; a step that does not fit adds nothing. */
final class RandomSteps {
  private final Pool pool;
  private final Random random;
  private final Map<Class<? extends Op>, Runnable> steps = new LinkedHashMap<>();

  RandomSteps(Pool pool) {
    this.pool = pool;
    this.random = pool.random;
    RandomElementwise elementwise = new RandomElementwise(pool);
    RandomViews views = new RandomViews(pool);
    RandomSums sums = new RandomSums(pool);
    RandomWindows windows = new RandomWindows(pool);
    RandomControl control = new RandomControl(pool);
    steps.put(Op.Size.class, elementwise::size);
    steps.put(Op.Unary.class, elementwise::unary);
    steps.put(Op.Binary.class, elementwise::binary);
    steps.put(Op.Compare.class, elementwise::compare);
    steps.put(Op.Select.class, elementwise::select);
    steps.put(Op.Convert.class, elementwise::convert);
    steps.put(Op.Bitcast.class, elementwise::bitcast);
    steps.put(Op.Reshape.class, views::reshape);
    steps.put(Op.Transpose.class, views::transpose);
    steps.put(Op.Broadcast.class, views::broadcast);
    steps.put(Op.Slice.class, views::slice);
    steps.put(Op.Pad.class, views::pad);
    steps.put(Op.Concatenate.class, views::concatenate);
    steps.put(Op.Reverse.class, views::reverse);
    steps.put(Op.Reduce.class, sums::reduce);
    steps.put(Op.ArgReduce.class, sums::argReduce);
    steps.put(Op.ReduceWindow.class, windows::reduceWindow);
    steps.put(Op.Cumulative.class, sums::cumulative);
    steps.put(Op.Dot.class, sums::dot);
    steps.put(Op.Convolution.class, windows::convolution);
    steps.put(Op.Gather.class, sums::gather);
    steps.put(Op.ScatterAdd.class, sums::scatterAdd);
    steps.put(Op.ArgSort.class, sums::argSort);
    steps.put(Op.TopK.class, sums::topK);
    steps.put(Op.Fft.class, sums::fft);
    steps.put(Op.RandomBits.class, sums::randomBits);
    steps.put(Op.Scan.class, control::scan);
    steps.put(Op.While.class, control::repeat);
    steps.put(Op.Cond.class, control::cond);
    steps.put(Op.StopGradient.class, () -> same(Operations::stopGradient));
    steps.put(Op.Barrier.class, () -> same(x -> Operations.barrier(x, random.nextInt(3))));
    steps.put(Op.Composite.class, control::composite);
    steps.put(Op.Custom.class, control::custom);
  }

  void apply(Class<? extends Op> operation) {
    Runnable step = steps.get(operation);
    if (step == null) {
      throw new IllegalStateException("no random step for " + operation.getSimpleName());
    }
    step.run();
  }

  private void same(UnaryOperator<Node> move) {
    Entry x = pool.any(e -> true);
    pool.add(move.apply(x.node()), x.bound(), x.exact());
  }
}
