package org.nnd.layers.nested;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Child;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;

/**
 * A network, the student, beside a teacher that is the same network with moving averages of its
 * weights (Tarvainen and Valpola 2017; Caron et al. 2021, section 3.1). The student sees the first
 * input, the teacher the second one if there are two (another view). Outputs: the student's, and
 * the teacher's called {@code teacher_NAME}, without gradient. The student's variables keep their
 * paths, the teacher's are buffers under {@code teacher}, equal to the student's at first.
 */
public record SelfDistillation(Layer network, double decay, Site site) implements Layer {
  public SelfDistillation {
    Check.fraction("selfDistillation", "the decay of the teacher's weights", decay);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensors views = inputs.main();
    if (views.size() < 1 || views.size() > 2) {
      throw at.error(
          "selfDistillation expects one input, or two views for student and teacher, got %s",
          views.names());
    }
    Tensors results = at.call("", network, Tensors.of(views.get(0)).with(inputs.masks()));
    Tensors seen = Tensors.of(views.get(views.size() - 1)).with(inputs.masks());
    Tensors taught = at.callAverage("teacher", "", network, decay, seen).main();
    for (String name : taught.names()) {
      results = results.with("teacher_" + name, taught.get(name).stopGradient());
    }
    return results;
  }

  @Override
  public List<Child> children() {
    return List.of(new Child("", network));
  }

  @Override
  public Layer withChildren(List<Layer> children) {
    return new SelfDistillation(children.get(0), decay, site);
  }

  @Override
  public String toString() {
    return "selfDistillation(" + decay + ")";
  }
}
