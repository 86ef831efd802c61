package org.nnd.train;

import java.util.List;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.NndException;
import org.nnd.layers.nested.Sinkhorn;

/**
 * Clustering without labels (Caron et al. 2020, "SwAV", equation 2; Oquab et al. 2024, "DINOv2",
 * section 4): for each output NAME with prototype scores {@code [N, K]} the cross-entropy of its
 * softmax with the Sinkhorn-Knopp assignment of the output {@code teacher_NAME}, summed over the
 * outputs (Venkataramanan et al. 2025, "Franca", one term per width). Targets take no part.
 *
 * @param teacherTemperature divides the teacher's scores
 * @param studentTemperature divides the student's scores
 */
public record SinkhornLoss(double teacherTemperature, double studentTemperature, int iterations)
    implements Loss {
  private static final String TEACHER = "teacher_";

  public SinkhornLoss {
    if (!(teacherTemperature > 0) || !(studentTemperature > 0)) {
      throw new NndException(
          "sinkhorn: the temperatures must be positive, got %s and %s"
              .formatted(teacherTemperature, studentTemperature));
    }
    Checks.positive("sinkhorn", "the number of iterations", iterations);
  }

  /** {@return this with scores divided by these temperatures, the teacher's first} */
  public SinkhornLoss temperatures(double teacher, double student) {
    return new SinkhornLoss(teacher, student, iterations);
  }

  /** {@return this with so many steps of Sinkhorn's iteration} */
  public SinkhornLoss iterations(int value) {
    return new SinkhornLoss(teacherTemperature, studentTemperature, value);
  }

  @Override
  public Tensor of(Tensors outputs, Tensors targets) {
    List<String> students =
        outputs.main().names().stream().filter(name -> !name.startsWith(TEACHER)).toList();
    return students.stream()
        .map(name -> term(outputs, name))
        .reduce(Tensor::add)
        .orElseThrow(
            () ->
                new NndException(
                    "sinkhorn: the network gives no scores of a student, only " + outputs.names()));
  }

  private Tensor term(Tensors outputs, String name) {
    Tensor student = outputs.get(name);
    Tensor teacher =
        outputs
            .find(TEACHER + name)
            .orElseThrow(
                () ->
                    new NndException(
                        "sinkhorn: there is no output '%s%s' beside '%s', only %s; use selfDistillation(…)"
                            .formatted(TEACHER, name, name, outputs.names())));
    Tensor q = Sinkhorn.assign(teacher, teacherTemperature, iterations).stopGradient();
    Tensor logP = student.div(studentTemperature).logSoftmax(-1);
    return q.mul(logP).sum(-1).mean().neg();
  }

  @Override
  public String toString() {
    return "sinkhorn().temperatures(%s, %s)".formatted(teacherTemperature, studentTemperature);
  }
}
