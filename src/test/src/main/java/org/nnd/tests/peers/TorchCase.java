package org.nnd.tests.peers;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.bench.Work;
import org.nnd.format.Json;
import org.nnd.format.Npz;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.train.Optimizer;

/** A work as the files that the harness loads: the program, the operands, and what is wanted. */
final class TorchCase {
  private TorchCase() {}

  static void write(Work work, Path folder) {
    TorchProgram program = TorchProgram.of(work.forward(), 1, true);
    Map<String, Literal> operands = new LinkedHashMap<>();
    for (Node leaf : Work.Fixed.leaves(work.forward())) {
      String name = Work.Fixed.name(leaf);
      operands.put(name, work.values().of(name, leaf.type()));
    }
    if (work instanceof Work.Pullback) {
      var type = work.forward().output().type();
      operands.put(Work.Pullback.COTANGENT, work.values().of(Work.Pullback.COTANGENT, type));
    }
    write(program, operands, about(work, program), folder);
  }

  /**
   * Writes any program's files.
   *
   * @param operands its leaves
   * @param about what the harness is to do with it
   */
  static void write(
      TorchProgram program, Map<String, Literal> operands, Map<String, Object> about, Path folder) {
    Map<String, Literal> all = new LinkedHashMap<>(program.constants());
    all.putAll(operands);
    Folders.write(folder.resolve("program.py"), program.source());
    Npz.write(folder.resolve("operands.npz"), all);
    Json.write(folder.resolve("case.json"), about);
  }

  /** {@return what the harness wants to know of a program that only computes} */
  static Map<String, Object> forward(TorchProgram program) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("inputs", program.inputs());
    about.put("outputs", program.outputs());
    about.put("updates", program.updates());
    about.put("kind", "forward");
    return about;
  }

  private static Map<String, Object> about(Work work, TorchProgram program) {
    Map<String, Object> about = forward(program);
    switch (work) {
      case Work.Forward forward -> {}
      case Work.Pullback pullback -> {
        about.put("kind", "pullback");
        about.put("wrt", pullback.wrt());
      }
      case Work.Step step -> {
        about.put("kind", "step");
        about.put("trained", List.copyOf(step.trained()));
        optimizer(step.optimizer(), about);
      }
    }
    return about;
  }

  /** The optimiser with PyTorch's names, and what PyTorch calls the state that we keep. */
  private static void optimizer(Optimizer optimizer, Map<String, Object> about) {
    Map<String, Object> options = new LinkedHashMap<>();
    Map<String, String> state = new LinkedHashMap<>();
    options.put("lr", optimizer.learningRate());
    options.put("weight_decay", optimizer.weightDecay());
    switch (optimizer) {
      case Optimizer.Sgd sgd -> {
        options.put("kind", "SGD");
        options.put("momentum", sgd.momentum());
        options.put("nesterov", sgd.isNesterov());
        if (sgd.momentum() != 0) {
          state.put("momentum_buffer", "momentum");
        }
      }
      case Optimizer.AdamW adam -> {
        options.put("kind", "AdamW");
        options.put("betas", List.of(adam.beta1(), adam.beta2()));
        options.put("eps", adam.eps());
        state.put("exp_avg", "m");
        state.put("exp_avg_sq", "v");
      }
      case Optimizer.Lion lion ->
          throw new org.nnd.ir.NndException("PyTorch has no optimiser lion");
    }
    about.put("optimizer", options);
    about.put("state", state);
  }
}
