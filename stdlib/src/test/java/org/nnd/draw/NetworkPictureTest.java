package org.nnd.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.checkpoint;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.repeat;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.depthwise;
import static org.nnd.layers.Layers.dropout;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.relu;
import static org.nnd.layers.Layers.repLKBlock;
import static org.nnd.layers.Layers.squeezeExcite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.model.Model;
import org.nnd.model.Models;
import org.nnd.zoo.Zoo;
import org.w3c.dom.Element;

class NetworkPictureTest {
  private static final InputSpec PICTURE = InputSpec.of(3, 32, 32);

  private static Model model(Layer network) {
    return Models.model(network, PICTURE);
  }

  private static Layer block() {
    return residual(
        sequential(depthwise(7), batchNorm(), conv(64).kernel(1), gelu(), conv(16).kernel(1)));
  }

  private static List<Part> leaves(Part part) {
    if (part.parts().isEmpty()) {
      return List.of(part);
    }
    List<Part> all = new ArrayList<>();
    part.parts().forEach(inner -> all.addAll(leaves(inner)));
    return all;
  }

  private static Part leaf(Structure structure, String text) {
    return leaves(structure.root()).stream()
        .filter(part -> part.text().equals(text))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aResidualBranchIsDrawnAroundItsLayers() {
    Structure s = Structure.of(model(sequential(conv(16), residual(relu(), conv(16)), gelu())));
    Part sum = leaf(s, "+");
    assertEquals(Part.Kind.JOINT, sum.kind());
    List<Part> convs =
        leaves(s.root()).stream().filter(part -> part.text().startsWith("conv")).toList();
    Set<Structure.Link> expected =
        Set.of(
            link(leaf(s, "x"), convs.get(0)),
            link(convs.get(0), leaf(s, "relu()")),
            link(leaf(s, "relu()"), convs.get(1)),
            link(convs.get(0), sum),
            link(convs.get(1), sum),
            link(sum, leaf(s, "gelu()")),
            link(leaf(s, "gelu()"), leaf(s, "y")));
    assertEquals(expected, s.links());
  }

  private static Structure.Link link(Part from, Part to) {
    return new Structure.Link(from.id(), to.id());
  }

  @Test
  void layersThatDoNothingInInferenceAreInTheChain() {
    Structure s = Structure.of(model(sequential(conv(4), dropout(0.5), relu())));
    assertTrue(s.links().contains(link(leaf(s, "dropout(0.5)"), leaf(s, "relu()"))));
  }

  @Test
  void everyLayerIsLinkedAndEveryLinkGoesForward() {
    for (Layer network :
        List.of(
            sequential(conv(16), repeat(3, block()), globalAvgPool(), dense(10)),
            sequential(conv(16), checkpoint(block()), relu()),
            sequential(conv(32), squeezeExcite(), repLKBlock(13).small(5)),
            sequential(Zoo.convNeXt("t", 10)))) {
      Structure s = Structure.of(model(network));
      List<Part> leaves = leaves(s.root());
      Set<Integer> ids = leaves.stream().map(Part::id).collect(Collectors.toSet());
      assertEquals(leaves.size(), ids.size());
      Set<Integer> reached = new HashSet<>();
      s.links()
          .forEach(
              link -> {
                assertTrue(ids.contains(link.from()) && ids.contains(link.to()));
                reached.add(link.to());
              });
      leaves.stream()
          .filter(part -> part.kind() != Part.Kind.INPUT)
          .forEach(part -> assertTrue(reached.contains(part.id()), part.path() + part.text()));
    }
  }

  @Test
  void fiftyBlocksAreDrawnAsOneThatSaysSo() {
    Model model = model(sequential(conv(16), repeat(50, block()), globalAvgPool(), dense(10)));
    Picture picture = Forms.check(NetworkPicture.of(model));
    List<String> texts = Forms.texts(Forms.svg(picture), "text");
    assertEquals(1, texts.stream().filter(t -> t.startsWith("depthwise(7)")).count());
    assertEquals(1, texts.stream().filter(t -> t.contains("× 50")).count());
    assertTrue(picture.forms().get(Picture.HTML).length() < 300_000);
    // The table has every layer all the same.
    String table = Forms.text(Forms.elements(Forms.html(picture), "div").get(0));
    assertEquals(50, table.split("depthwise\\(7\\)", -1).length - 1);
  }

  @Test
  void largeNetworksStaySmall() {
    Model model = model(Zoo.repLKNet31B(1000));
    Picture picture = Forms.check(NetworkPicture.of(model));
    assertTrue(picture.forms().get(Picture.HTML).length() < 300_000);
    assertTrue(picture.forms().get(Picture.SVG).length() < 60_000);
  }

  @Test
  void drawnBoxesDoNotOverlapAndTextFits() {
    String longName = "stage_with_a_name_that_goes_on_and_on_and_on_for_a_long_time_really";
    Model model =
        model(
            sequential(
                conv(16), squeezeExcite(), block(), globalAvgPool(), named(longName, dense(4))));
    Structure structure = Runs.of(Structure.of(model));
    NetworkDrawing drawing = new NetworkDrawing(structure.root(), structure.links());
    LayeredTest.check(
        drawing.boxes(),
        drawing.placed(),
        new Layered.Rectangle(0, 0, drawing.width(), drawing.height()));
    Element svg = Forms.svg(NetworkPicture.of(model));
    for (Element text : Forms.elements(svg, "text")) {
      double x = Forms.number(text, "x");
      assertTrue(x >= 0 && x <= drawing.width());
    }
  }

  @Test
  void numbersAreThoseOfTheModel() {
    Model model = model(sequential(conv(16), relu(), globalAvgPool(), dense(10)));
    Element html = Forms.html(Forms.check(NetworkPicture.of(model)));
    List<String> cells = Forms.texts(html, "span");
    assertTrue(
        cells.containsAll(List.of("448", "170", "[N, 16, 32, 32]", "0", "dense(10)")), "" + cells);
    assertTrue(Forms.text(html).contains("618 parameters"));
  }

  @Test
  void aNameCannotBecomeMarkup() {
    Model model =
        Models.model(
            sequential(dense(3)),
            new InputSpec("<script>alert(1)</script>&\"'", org.nnd.ir.DType.F32, 5));
    Picture picture = Forms.check(NetworkPicture.of(model));
    assertTrue(Forms.text(Forms.html(picture)).contains("<script>alert(1)</script>&\"'"));
  }
}
