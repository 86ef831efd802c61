package org.nnd.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Mode;
import org.nnd.explain.Amount;
import org.nnd.explain.Explain;
import org.nnd.explain.Explanation;
import org.nnd.model.Model;
import org.nnd.model.Models;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.lower.Target;
import org.nnd.opencl.runtime.ArenaUse;
import org.nnd.opencl.runtime.Executable;
import org.nnd.opencl.runtime.MemoryNeeds;
import org.w3c.dom.Element;

/** Pictures of what a network becomes; no device is needed. */
class LevelsPictureTest {
  private static final Model MODEL =
      Models.model(
          sequential(conv(8).kernel(3), gelu(), conv(8).kernel(3), globalAvgPool(), dense(4)),
          InputSpec.of(3, 16, 16));

  private static Explanation explanation() {
    return Explain.explain("model", MODEL, List.of(), Target.cpu(8));
  }

  @Test
  void coloursChangeNoCharacter() {
    for (Explanation.Section section : explanation().withKernels().sections()) {
      for (Markup markup :
          List.of(Highlight.openCl(section.text()), Highlight.graph(section.text()))) {
        String page = new Markup().open("div").add(markup).close().toString();
        Element root = Forms.html(Picture.of("x").with(Picture.HTML, page));
        assertEquals(section.text(), root.getTextContent());
      }
    }
  }

  @Test
  void wordsOfOpenClAndOfGraphsAreTold() {
    String code =
        Highlight.openCl("__kernel void f(__global float* x) { x[0] = 1.5f; } // \"end\"")
            .toString();
    assertTrue(
        code.contains("<span class=\"hk\">__kernel</span> <span class=\"ht\">void</span> f("));
    assertTrue(code.contains("<span class=\"hc\">// &quot;end&quot;</span>"));
    String graph =
        Highlight.graph("  %1 = convolution(%x, %0) {stride=[2, 2]} : f32[N, 4]  // 0").toString();
    assertTrue(
        graph.contains("<span class=\"hv\">%1</span> = <span class=\"hk\">convolution</span>("));
    assertTrue(graph.contains("<span class=\"ht\">f32[N, 4]</span>"));
  }

  @Test
  void everyLevelIsThere() {
    Picture picture = Forms.check(Pictures.of(explanation()).orElseThrow());
    Element html = Forms.html(picture);
    assertEquals(5, Forms.elements(html, "details").size());
    assertEquals(explanation().toString(), picture.plain());
    Forms.check(Pictures.of(MODEL.lowered(Mode.INFERENCE).graph()).orElseThrow());
    Forms.check(Pictures.of(MODEL.network()).orElseThrow());
  }

  @Test
  void valuesThatAreAliveTogetherLieApart() {
    KernelPlan plan = Executable.plan(MODEL.lowered(Mode.TRAINING).graph(), Target.cpu(8));
    ArenaUse use = ArenaUse.of(plan, 16);
    assertEquals(MemoryNeeds.of(plan, 16).arena(), use.bytes());
    assertEquals(plan.steps().size(), use.steps().size());
    assertFalse(use.values().isEmpty());
    for (ArenaUse.Value a : use.values()) {
      assertTrue(a.offset() >= 0 && a.offset() + a.bytes() <= use.bytes());
      for (ArenaUse.Value b : use.values()) {
        boolean together = a.first() <= b.last() && b.first() <= a.last();
        boolean apart =
            a.offset() + a.bytes() <= b.offset() || b.offset() + b.bytes() <= a.offset();
        assertTrue(a == b || !together || apart || a.equals(b), a + " and " + b);
      }
    }
    for (int step = 0; step < use.steps().size(); step++) {
      assertTrue(use.alive(step) <= use.bytes());
    }
  }

  @Test
  void memoryIsDrawnToScale() {
    KernelPlan plan = Executable.plan(MODEL.lowered(Mode.INFERENCE).graph(), Target.cpu(8));
    ArenaUse use = ArenaUse.of(plan, 16);
    Picture picture =
        Forms.check(MemoryPicture.of("inference", use, MemoryNeeds.of(plan, 16), Optional.empty()));
    Element svg = Forms.svg(picture);
    List<Element> values = Forms.elements(svg, "rect");
    assertEquals(use.values().stream().filter(v -> v.bytes() > 0).count(), values.size());
    for (Element value : values) {
      assertTrue(Forms.number(value, "y") >= 9.5);
      assertTrue(Forms.number(value, "y") + Forms.number(value, "height") <= 246.5);
    }
    assertTrue(picture.plain().contains(Amount.text(use.bytes(), "B")));
  }
}
