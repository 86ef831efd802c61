package org.nnd.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nnd.format.TextTable;
import org.nnd.format.TextTable.Column;
import org.nnd.opencl.kernel.ClWriter;
import org.nnd.opencl.kernel.Kernel;
import org.nnd.opencl.kernel.KernelPrinter;
import org.nnd.opencl.lower.KernelCall;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.lower.Step;
import org.nnd.opencl.lower.Target;
import org.nnd.opencl.runtime.MemoryNeeds;

/** Levels 3 and 4 of one graph, for a target and a batch size. */
record PlanText(KernelPlan plan, Target target, long batch) {
  private static final int WIDEST = 72;

  /** Where a layer was declared, after its path; level 2 tells it. */
  private static final Pattern SITE = Pattern.compile(" ?\\([^()]*:\\d+(-\\d+)?\\)");

  /** {@return the kernels in their order, one a line} */
  String kernels() {
    List<List<String>> rows = new ArrayList<>();
    long flops = 0;
    long bytes = 0;
    List<KernelCall> calls = plan.calls();
    for (KernelCall call : calls) {
      long n = call.n().at(batch);
      flops += call.kernel().flops().at(n);
      bytes += call.kernel().bytes().at(n);
      rows.add(row(rows.size() + 1, call, n));
    }
    String head =
        "%d kernels, %s and %s to move for N = %d; schedules for a %s%n"
            .formatted(
                calls.size(),
                Amount.text(flops, "FLOP"),
                Amount.text(bytes, "B"),
                batch,
                target.cpu() ? "CPU, vectors of " + target.width() : "GPU");
    return head
        + TextTable.text(
            List.of(
                Column.number("#"),
                Column.text("template"),
                Column.text("operations"),
                Column.text("space"),
                Column.number("work"),
                Column.number("memory"),
                Column.text("from")),
            rows);
  }

  private static List<String> row(int number, KernelCall call, long n) {
    Kernel kernel = call.kernel();
    String first = kernel.comment().isEmpty() ? kernel.name() : kernel.comment().get(0);
    int colon = first.indexOf(": ");
    return List.of(
        "" + number,
        colon < 0 ? first : first.substring(0, colon),
        shortened(colon < 0 ? "" : first.substring(colon + 2)),
        comment(kernel, "space "),
        Amount.text(kernel.flops().at(n), "FLOP"),
        Amount.text(kernel.bytes().at(n), "B"),
        shortened(SITE.matcher(comment(kernel, "from ")).replaceAll("")));
  }

  /** The rest of the comment line that begins so; nothing where there is none. */
  private static String comment(Kernel kernel, String beginning) {
    return kernel.comment().stream()
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.substring(beginning.length()))
        .findFirst()
        .orElse("");
  }

  private static String shortened(String text) {
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }

  /** {@return the programs of the kernels, each once, under names of their own} */
  Map<String, String> programs() {
    return distinct(KernelPrinter::print);
  }

  /** {@return their OpenCL C} */
  Map<String, String> sources() {
    return distinct(ClWriter::print);
  }

  private Map<String, String> distinct(Function<Kernel, String> print) {
    Map<String, Kernel> byCode = new LinkedHashMap<>();
    plan.calls().forEach(call -> byCode.putIfAbsent(ClWriter.code(call.kernel()), call.kernel()));
    Map<String, String> texts = new LinkedHashMap<>();
    for (Kernel kernel : byCode.values()) {
      texts.put("%03d-%s".formatted(texts.size() + 1, kernel.name()), print.apply(kernel));
    }
    return texts;
  }

  /** {@return what is launched in which order, and the memory it takes} */
  String launches() {
    MemoryNeeds memory = MemoryNeeds.of(plan, batch);
    StringBuilder text = new StringBuilder();
    text.append(
        """
        %d launches, %d kernels to compile, in one queue
        arena      %s for N = %d, where the values without sharing would take %s
        variables  %s, %d of them updated in place
        constants  %s
        """
            .formatted(
                plan.calls().size(),
                sources().size(),
                Amount.text(memory.arena(), "B"),
                batch,
                Amount.text(memory.values(), "B"),
                Amount.text(memory.variables(), "B"),
                plan.inPlace().size(),
                Amount.text(memory.constants(), "B")));
    steps(plan, "", text);
    return text.toString();
  }

  private void steps(KernelPlan part, String indent, StringBuilder text) {
    for (Step step : part.steps()) {
      switch (step) {
        case KernelCall call -> text.append(indent).append(launch(call)).append('\n');
        case Step.ScanLoop loop -> body(indent + "for every step of a scan:", loop.body(), text);
        case Step.WhileLoop loop -> {
          body(indent + "while:", loop.condition(), text);
          body(indent + "do:", loop.body(), text);
        }
        case Step.Branch branch -> {
          body(indent + "if so:", branch.then(), text);
          body(indent + "otherwise:", branch.otherwise(), text);
        }
      }
    }
    part.copies().keySet().forEach(name -> text.append(indent + "copy to " + name + "\n"));
  }

  private void body(String head, KernelPlan plan, StringBuilder text) {
    text.append(head).append('\n');
    String indent = " ".repeat(head.length() - head.stripLeading().length() + 2);
    steps(plan, indent, text);
  }

  private String launch(KernelCall call) {
    Kernel kernel = call.kernel();
    long n = call.n().at(batch);
    String groups =
        kernel.groups().stream().map(g -> "" + g.at(n)).collect(Collectors.joining(" x "));
    String items = kernel.local().stream().map(i -> "" + i).collect(Collectors.joining(" x "));
    return "%s: %s groups of %s".formatted(kernel.name(), groups, items);
  }
}
