package org.nnd.draw;

import java.util.List;
import java.util.stream.Collectors;
import org.nnd.explain.Explain;
import org.nnd.explain.Explanation;
import org.nnd.ir.Graph;
import org.nnd.ir.GraphPrinter;
import org.nnd.model.Model;

/** What becomes of a network, level by level: texts in colours, to be unfolded. */
public final class LevelsPicture {
  /** Characters of text in a page at most; files can have more. */
  private static final int MOST = 160_000;

  private LevelsPicture() {}

  static Picture of(Explanation explanation) {
    return of(
        explanation.title() + ", level by level", explanation.sections(), explanation.toString());
  }

  private static Picture of(String title, List<Explanation.Section> sections, String plain) {
    Markup content = new Markup().raw("<style>" + Highlight.STYLE + "</style>");
    int room = MOST;
    int left = 0;
    for (Explanation.Section section : sections) {
      if (section.text().length() > room) {
        left++;
        continue;
      }
      room -= section.text().length();
      Markup text =
          section.file().endsWith(".cl")
              ? Highlight.openCl(section.text())
              : Highlight.graph(section.text());
      content.add(Page.details(sections.size() == 1, heading(section), text));
    }
    if (left > 0) {
      content.element(
          "p",
          "%d longer texts are left out here; explain(…).write(folder) writes all of them"
              .formatted(left),
          "class",
          "m");
    }
    return Picture.of(plain).with(Picture.HTML, Page.of(title, content));
  }

  /** Of a kernel its name and the part of the description that it comes from. */
  private static Markup heading(Explanation.Section section) {
    if (!section.file().endsWith(".cl")) {
      return new Markup().text(section.heading());
    }
    String name = section.file().replaceFirst(".*/", "").replaceFirst("\\.cl$", "");
    String from =
        section
            .text()
            .lines()
            .filter(line -> line.startsWith("// from "))
            .findFirst()
            .map(line -> Shown.shortened(line.substring(3), 70))
            .orElse("");
    return new Markup().element("code", name).text("  ").element("span", from, "class", "m");
  }

  static Picture of(Graph graph) {
    String text = GraphPrinter.brief(graph);
    Markup content = new Markup().raw("<style>" + Highlight.STYLE + "</style>");
    String shown = text.length() <= MOST ? text : text.substring(0, MOST) + "\n…";
    return Picture.of(text).with(Picture.HTML, Page.of(content.add(Highlight.graph(shown))));
  }

  /** {@return a network's tensor graphs, kernels and plan; those of its inference and training} */
  public static Picture levels(Model model) {
    return of(Explain.explain(model));
  }

  /** {@return one level of a network: 1 the description … 4 the plan} */
  public static Picture levels(Model model, int level) {
    return of(Explain.explain(model).level(level));
  }

  /** {@return the OpenCL C that is generated for a network's inference, each kernel once} */
  public static Picture generated(Model model) {
    Explanation all = Explain.explain(model).level(4).withKernels();
    List<Explanation.Section> code =
        all.sections().stream().filter(section -> section.file().endsWith(".cl")).toList();
    String plain =
        code.stream()
            .map(s -> "=== %s ===\n%s".formatted(s.heading(), s.text()))
            .collect(Collectors.joining("\n"));
    return of("OpenCL C of inference, %d kernels".formatted(code.size()), code, plain);
  }
}
