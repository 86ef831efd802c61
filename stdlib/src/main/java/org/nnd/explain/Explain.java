package org.nnd.explain;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Mode;
import org.nnd.ir.Graph;
import org.nnd.model.Model;
import org.nnd.opencl.lower.Target;
import org.nnd.opencl.runtime.Targets;
import org.nnd.train.Training;

/** Explains models, to be imported statically. */
public final class Explain {
  private Explain() {}

  /** {@return the four levels of a model, with kernels for the device it lives on} */
  public static Explanation explain(Model model) {
    return explain("model", model, List.of(), Targets.of(model.device().info()));
  }

  /** {@return the four levels of a model and of the step that trains it} */
  public static Explanation explain(Training training) {
    Model model = training.model();
    return explain("model", model, List.of(training.step()), Targets.of(model.device().info()));
  }

  /**
   * {@return the four levels of a model}
   *
   * @param steps graphs of training steps
   */
  public static Explanation explain(String title, Model model, List<Graph> steps, Target target) {
    Form inference = new Form("inference", model.lowered(Mode.INFERENCE).graph());
    Form training = new Form("training", model.lowered(Mode.TRAINING).graph());
    List<Form> graphs = new ArrayList<>(List.of(inference, training));
    List<Form> compiled = new ArrayList<>(List.of(inference));
    for (int i = 0; i < steps.size(); i++) {
      Form step = new Form("training step" + (i == 0 ? "" : " " + (i + 1)), steps.get(i));
      graphs.add(step);
      compiled.add(step);
    }
    return Explanation.of(title, model.network(), graphs, compiled, target);
  }
}
