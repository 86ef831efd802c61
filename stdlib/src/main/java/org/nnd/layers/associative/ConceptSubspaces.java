package org.nnd.layers.associative;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Shape;
import org.nnd.layers.Expect;

/**
 * The head of a concept subspace network (Tucker and Shah 2022): encodings {@code [N, D]} to logits
 * {@code -|z - p|^2} of every concept, {@code [N, classes]} under its name, distances being taken
 * in the subspace in which its prototypes differ. Related concepts add an output {@code alignment
 * [N]}, the same for every example, to be added to the loss: 0 where those said to be independent
 * have orthogonal subspaces and those said to be hierarchical have one within the other. Variables:
 * {@code NAME.prototypes [classes, D]}.
 */
public record ConceptSubspaces(
    List<Concept> concepts, List<Relation> relations, boolean projects, Site site)
    implements Layer {
  /** Two concepts whose subspaces shall be orthogonal or parallel. */
  public record Relation(String first, String second, boolean parallel, double weight) {}

  public ConceptSubspaces {
    concepts = List.copyOf(concepts);
    relations = List.copyOf(relations);
    List<String> names = concepts.stream().map(Concept::name).toList();
    if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
      throw Check.error("conceptSubspaces wants concepts of different names, got %s", names);
    }
    for (Relation relation : relations) {
      Check.name("conceptSubspaces", "concept", relation.first(), names);
      Check.name("conceptSubspaces", "concept", relation.second(), names);
      Check.positive("conceptSubspaces", "the weight of a relation", relation.weight());
      if (relation.first().equals(relation.second())) {
        throw Check.error("conceptSubspaces: '%s' is related to itself", relation.first());
      }
    }
  }

  /** {@return this with two independent concepts, as a fair classifier wants them} */
  public ConceptSubspaces orthogonal(String first, String second, double weight) {
    return and(new Relation(first, second, false, weight));
  }

  /** {@return this with two concepts one of which refines the other} */
  public ConceptSubspaces parallel(String first, String second, double weight) {
    return and(new Relation(first, second, true, weight));
  }

  private ConceptSubspaces and(Relation relation) {
    List<Relation> all = new ArrayList<>(relations);
    all.add(relation);
    return new ConceptSubspaces(concepts, all, projects, site);
  }

  /** {@return this with distances in the concepts' subspaces, or in the whole space} */
  public ConceptSubspaces projects(boolean wanted) {
    return new ConceptSubspaces(concepts, relations, wanted, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.main().one();
    Expect.rank(at, "conceptSubspaces", x, 2, "encodings [N, D]");
    Expect.floats(at, "conceptSubspaces", x);
    int width = Expect.fixed(at, "conceptSubspaces", x, 1, "features");
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    Map<String, Subspace> subspaces = new LinkedHashMap<>();
    for (Concept concept : concepts) {
      String name = concept.name();
      Tensor prototypes =
          at.parameter(name + ".prototypes", Initializer.normal(0, 1), concept.classes(), width);
      Subspace subspace = Subspace.of(prototypes);
      subspaces.put(name, subspace);
      outputs.put(
          name,
          projects
              ? Prototypes.logits(subspace.coordinates(x), subspace.coordinates(prototypes))
              : Prototypes.logits(x, prototypes));
    }
    relations.stream()
        .map(relation -> loss(relation, subspaces))
        .reduce(Tensor::add)
        .ifPresent(loss -> outputs.put("alignment", loss.broadcastTo(Shape.of(x.dim(0)))));
    return Tensors.of(outputs);
  }

  private static Tensor loss(Relation relation, Map<String, Subspace> subspaces) {
    Tensor common = subspaces.get(relation.first()).alignment(subspaces.get(relation.second()));
    return (relation.parallel() ? common.neg().add(1) : common).mul(relation.weight());
  }

  @Override
  public String toString() {
    String list =
        concepts.stream()
            .map(c -> "concept(\"%s\", %d)".formatted(c.name(), c.classes()))
            .collect(Collectors.joining(", "));
    String related =
        relations.stream()
            .map(
                r ->
                    ".%s(\"%s\", \"%s\", %s)"
                        .formatted(
                            r.parallel() ? "parallel" : "orthogonal",
                            r.first(),
                            r.second(),
                            r.weight()))
            .collect(Collectors.joining());
    return "conceptSubspaces(" + list + ")" + related + (projects ? "" : ".projects(false)");
  }
}
