package org.nnd.explain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.nnd.dsl.Layer;
import org.nnd.format.AtomicFile;
import org.nnd.ir.GraphPrinter;
import org.nnd.ir.NndException;
import org.nnd.opencl.lower.Target;
import org.nnd.opencl.runtime.Executable;

/**
 * What becomes of a network, level by level; its text is what {@code toString} gives.
 *
 * @param title names the network
 * @param graphs its graphs, for level 2
 * @param compiled those that are run, for levels 3 and 4
 * @param target what kernels are written for
 * @param batch the batch size {@code N} that work and memory are told for
 * @param levels those that the text has
 * @param kernels whether the text has every kernel's program (level 3) and OpenCL C (level 4)
 */
public record Explanation(
    String title,
    Layer network,
    List<Form> graphs,
    List<Form> compiled,
    Target target,
    long batch,
    List<Integer> levels,
    boolean kernels) {
  private static final List<Integer> ALL = List.of(1, 2, 3, 4);

  public Explanation {
    graphs = List.copyOf(graphs);
    compiled = List.copyOf(compiled);
    levels = List.copyOf(levels);
  }

  /** {@return an explanation of all levels, without the text of kernels} */
  public static Explanation of(
      String title, Layer network, List<Form> graphs, List<Form> compiled, Target target) {
    return new Explanation(title, network, graphs, compiled, target, 64, ALL, false);
  }

  /**
   * {@return the same of one level}
   *
   * @throws NndException if it is not from 1 to 4
   */
  public Explanation level(int level) {
    if (!ALL.contains(level)) {
      throw new NndException(
          "there is no level %d; 1 is the description, 2 the tensor graph, 3 the kernel programs, 4"
                  .formatted(level)
              + " the plan and its OpenCL C");
    }
    return new Explanation(
        title, network, graphs, compiled, target, batch, List.of(level), kernels);
  }

  /** {@return the same with the program and the OpenCL C of every kernel} */
  public Explanation withKernels() {
    return new Explanation(title, network, graphs, compiled, target, batch, levels, true);
  }

  /** {@return the same for another batch size} */
  public Explanation batch(long size) {
    if (size < 1) {
      throw new NndException("a batch has at least 1 example, not " + size);
    }
    return new Explanation(title, network, graphs, compiled, target, size, levels, kernels);
  }

  @Override
  public String toString() {
    return sections().stream()
        .map(s -> "=== %s: %s ===%n%s".formatted(title, s.heading(), s.text()))
        .collect(Collectors.joining("\n"));
  }

  /** Writes the same text, one file for each section and kernel, into a folder. */
  public void write(Path folder) {
    sections().forEach(section -> write(folder.resolve(section.file()), section.text()));
  }

  private static void write(Path file, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, channel -> channel.write(ByteBuffer.wrap(bytes)));
  }

  /**
   * A part of the text.
   *
   * @param file that it may be in, within a folder; {@code .cl} where it is OpenCL C
   */
  public record Section(String heading, String file, String text) {}

  /** {@return the parts of the text, in order} */
  public List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    if (levels.contains(1)) {
      sections.add(new Section("level 1, description", "1-description.txt", network.describe()));
    }
    if (levels.contains(2)) {
      for (Form form : graphs) {
        sections.add(
            new Section(
                "level 2, tensor graph of " + form.name(),
                "2-%s.txt".formatted(file(form)),
                GraphPrinter.brief(form.graph())));
      }
    }
    for (Form form : compiled) {
      if (levels.contains(3) || levels.contains(4)) {
        sections.addAll(planned(form));
      }
    }
    return sections;
  }

  private List<Section> planned(Form form) {
    List<Section> sections = new ArrayList<>();
    PlanText text;
    try {
      text = new PlanText(Executable.plan(form.graph(), target), target, batch);
    } catch (NndException e) {
      sections.add(
          new Section(
              "levels 3 and 4 of " + form.name(),
              "3-%s.txt".formatted(file(form)),
              "not computed: " + e.getMessage() + "\n"));
      return sections;
    }
    if (levels.contains(3)) {
      sections.add(
          new Section(
              "level 3, kernels of " + form.name(),
              "3-%s.txt".formatted(file(form)),
              text.kernels()));
    }
    if (levels.contains(3) && kernels) {
      text.programs()
          .forEach((name, program) -> sections.add(program(3, form, name, ".txt", program)));
    }
    if (levels.contains(4)) {
      sections.add(
          new Section(
              "level 4, plan of " + form.name(),
              "4-%s.txt".formatted(file(form)),
              text.launches()));
    }
    if (levels.contains(4) && kernels) {
      text.sources().forEach((name, code) -> sections.add(program(4, form, name, ".cl", code)));
    }
    return sections;
  }

  private static Section program(int level, Form form, String name, String ending, String text) {
    return new Section(
        "level %d, %s of %s".formatted(level, name, form.name()),
        "%d-%s/%s%s".formatted(level, file(form), name, ending),
        text);
  }

  private static String file(Form form) {
    return form.name().replaceAll("[^a-z0-9]+", "-");
  }
}
