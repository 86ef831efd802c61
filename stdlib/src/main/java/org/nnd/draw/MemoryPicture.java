package org.nnd.draw;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nnd.dsl.Mode;
import org.nnd.explain.Amount;
import org.nnd.format.TextTable;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.model.Model;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.runtime.ArenaUse;
import org.nnd.opencl.runtime.Executable;
import org.nnd.opencl.runtime.MemoryNeeds;
import org.nnd.opencl.runtime.Targets;
import org.nnd.train.Training;

/**
 * The memory of a run: every value as a rectangle, from the step that makes it to the last one that
 * needs it and from its first byte in the arena to its last. Free memory is what stays empty.
 */
public final class MemoryPicture {
  private static final int BATCH = 64;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 280;
  private static final int LEFT = 64;
  private static final int BOTTOM = 34;
  private static final int MOST_DRAWN = 900;
  private static final int LISTED = 12;

  private MemoryPicture() {}

  /** {@return the memory that inference takes, at batch size 64} */
  public static Picture memory(Model model) {
    return memory(model, BATCH);
  }

  /** {@return the memory that inference takes for a batch size} */
  public static Picture memory(Model model, long batch) {
    return of("inference", model, model.lowered(Mode.INFERENCE).graph(), batch);
  }

  /** {@return the memory that a step of training takes, at the batch size of the training} */
  public static Picture memory(Training training) {
    return memory(training, training.batchSize());
  }

  /** {@return the memory that a step of training takes for a batch size} */
  public static Picture memory(Training training, long batch) {
    return of("a step of training", training.model(), training.step(), batch);
  }

  private static Picture of(String what, Model model, Graph graph, long batch) {
    if (batch < 1) {
      throw new NndException("a batch has at least 1 example, not " + batch);
    }
    KernelPlan plan = Executable.plan(graph, Targets.of(model.device().info()));
    DeviceInfo device = model.device().info();
    MemoryNeeds needs = MemoryNeeds.of(plan, batch);
    long all = needs.arena() + needs.variables() + needs.constants();
    Optional<String> tooMuch =
        all <= device.globalMemory()
            ? Optional.empty()
            : Optional.of(
                "does not fit: %s in all, the device has %s"
                    .formatted(Amount.text(all, "B"), Amount.text(device.globalMemory(), "B")));
    return of(what, ArenaUse.of(plan, batch), needs, tooMuch);
  }

  static Picture of(String what, ArenaUse use, MemoryNeeds needs, Optional<String> tooMuch) {
    String title =
        "%s: %s in the arena for N = %d"
            .formatted(what, Amount.text(use.bytes(), "B"), use.batch());
    Markup drawing = drawing(use, title);
    Markup content = new Markup();
    content.add(
        Page.table(
            List.of("memory", "bytes", ""),
            List.of(false, true, false),
            List.of(
                List.of(
                    "arena",
                    Amount.text(needs.arena(), "B"),
                    "values of a run, in places that are used again"),
                List.of(
                    "the same, each in a place of its own", Amount.text(needs.values(), "B"), ""),
                List.of(
                    "variables",
                    Amount.text(needs.variables(), "B"),
                    "parameters, buffers, state of the optimiser"),
                List.of(
                    "constants",
                    Amount.text(needs.constants(), "B"),
                    "and what depends on variables alone"))));
    tooMuch.ifPresent(note -> content.element("p", note));
    content.add(Page.svg(title, WIDTH, HEIGHT, drawing));
    content.add(
        Page.details(
            false,
            new Markup()
                .text("what takes most at the fullest step, %d".formatted(fullest(use) + 1)),
            list(use)));
    return Picture.of(plain(title, use, needs, tooMuch))
        .with(Picture.HTML, Page.of(title, content))
        .with(Picture.SVG, Page.alone(title, WIDTH, HEIGHT, drawing));
  }

  private static int fullest(ArenaUse use) {
    return IntStream.range(0, Math.max(1, use.steps().size()))
        .boxed()
        .max(Comparator.comparingLong(use::alive))
        .orElse(0);
  }

  private static List<ArenaUse.Value> largest(ArenaUse use) {
    int step = fullest(use);
    return use.values().stream()
        .filter(v -> v.first() <= step && step <= v.last())
        .sorted(Comparator.comparingLong(v -> -v.bytes()))
        .limit(LISTED)
        .toList();
  }

  private static Markup list(ArenaUse use) {
    List<List<String>> rows = new ArrayList<>();
    for (ArenaUse.Value value : largest(use)) {
      rows.add(
          List.of(
              Amount.text(value.bytes(), "B"),
              Shown.shortened(value.name(), 90),
              "%d … %d".formatted(value.first() + 1, value.last() + 1)));
    }
    return Page.table(
        List.of("bytes", "value", "alive in steps"), List.of(true, false, true), rows);
  }

  private static Markup drawing(ArenaUse use, String title) {
    Markup out = new Markup();
    int steps = use.steps().size() + 1;
    double right = WIDTH - 8.0;
    double floor = HEIGHT - BOTTOM;
    double unit = (right - LEFT) / steps;
    double scale = (floor - 10) / Math.max(1, use.bytes());
    for (int i = 0; i <= 4; i++) {
      double y = floor - i * (floor - 10) / 4;
      out.empty(
          "line",
          "x1",
          LEFT,
          "x2",
          right,
          "y1",
          y,
          "y2",
          y,
          "stroke",
          "currentColor",
          "stroke-opacity",
          0.22);
      out.element(
          "text",
          Amount.text(use.bytes() * i / 4.0, "B"),
          "x",
          LEFT - 6,
          "y",
          y + 4,
          "text-anchor",
          "end",
          "opacity",
          0.8);
    }
    List<ArenaUse.Value> values =
        use.values().stream()
            .filter(v -> v.bytes() > 0)
            .sorted(Comparator.comparingLong(v -> -v.bytes()))
            .limit(MOST_DRAWN)
            .toList();
    for (int i = 0; i < values.size(); i++) {
      ArenaUse.Value v = values.get(i);
      double height = Math.max(0.5, v.bytes() * scale);
      out.open(
          "rect",
          "x",
          LEFT + v.first() * unit,
          "y",
          floor - v.offset() * scale - height,
          "width",
          Math.max(0.8, (v.last() - v.first() + 1) * unit - Math.min(0.6, unit / 4)),
          "height",
          Math.max(0.5, height - 0.4),
          "fill",
          Palette.series(i),
          "fill-opacity",
          0.6);
      if (i < 200) {
        out.element(
            "title",
            "%s\n%s, steps %d … %d"
                .formatted(v.name(), Amount.text(v.bytes(), "B"), v.first() + 1, v.last() + 1));
      }
      out.close();
    }
    out.element("text", "1", "x", LEFT, "y", floor + 15, "opacity", 0.8);
    out.element(
        "text",
        Shown.count(use.steps().size()),
        "x",
        right,
        "y",
        floor + 15,
        "text-anchor",
        "end",
        "opacity",
        0.8);
    out.element(
        "text",
        "step of the plan (the last column: results)",
        "x",
        (LEFT + right) / 2,
        "y",
        floor + 15,
        "text-anchor",
        "middle",
        "opacity",
        0.8);
    return out;
  }

  private static String plain(
      String title, ArenaUse use, MemoryNeeds needs, Optional<String> tooMuch) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, Long> part :
        List.of(
            Map.entry("arena", needs.arena()),
            Map.entry("values without sharing", needs.values()),
            Map.entry("variables", needs.variables()),
            Map.entry("constants", needs.constants()))) {
      rows.add(List.of(part.getKey(), Amount.text(part.getValue(), "B")));
    }
    String table =
        TextTable.text(
            List.of(TextTable.Column.text("memory"), TextTable.Column.number("bytes")), rows);
    StringBuilder text = new StringBuilder(title + "\n" + table);
    tooMuch.ifPresent(note -> text.append(note).append('\n'));
    text.append("at the fullest step, %d of %d:\n".formatted(fullest(use) + 1, use.steps().size()));
    for (ArenaUse.Value value : largest(use)) {
      text.append("%10s  %s\n".formatted(Amount.text(value.bytes(), "B"), value.name()));
    }
    return text.toString().stripTrailing();
  }
}
