package org.nnd.draw;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Equal parts one after the other become one that tells how many: fifty blocks are drawn as one.
 * What leaves the last leaves the one then.
 */
final class Runs {
  /** Shorter runs of layers without others inside are drawn as they are. */
  private static final int LEAST = 3;

  /** For every part inside the second and further ones of a run, the like one of the first. */
  private final Map<Integer, Integer> likes = new HashMap<>();

  /** For every part inside a run, the number of the run and the place in it, innermost last. */
  private final Map<Integer, List<Place>> places = new HashMap<>();

  private int runs;

  private record Place(int run, int number) {}

  private Runs() {}

  static Structure of(Structure structure) {
    Runs runs = new Runs();
    Part root = runs.shortened(structure.root());
    Set<Structure.Link> links = new LinkedHashSet<>();
    for (Structure.Link link : structure.links()) {
      int from = runs.first(link.from());
      int to = runs.first(link.to());
      if (!runs.isBetween(link) && from != to) {
        links.add(new Structure.Link(from, to));
      }
    }
    return new Structure(root, links);
  }

  private int first(int id) {
    int now = id;
    while (likes.containsKey(now)) {
      now = likes.get(now);
    }
    return now;
  }

  /** Whether a link goes from one part of a run to another of it. */
  private boolean isBetween(Structure.Link link) {
    for (Place from : places.getOrDefault(link.from(), List.of())) {
      for (Place to : places.getOrDefault(link.to(), List.of())) {
        if (from.run() == to.run() && from.number() != to.number()) {
          return true;
        }
      }
    }
    return false;
  }

  private Part shortened(Part part) {
    List<Part> kept = new ArrayList<>();
    List<Part> parts = part.parts();
    for (int i = 0; i < parts.size(); ) {
      int end = i + 1;
      while (end < parts.size() && alike(parts.get(i), parts.get(end))) {
        end++;
      }
      if (end - i >= LEAST || end - i > 1 && !parts.get(i).parts().isEmpty()) {
        merge(parts.subList(i, end));
        kept.add(shortened(parts.get(i)).times(end - i));
      } else {
        parts.subList(i, end).forEach(p -> kept.add(shortened(p)));
      }
      i = end;
    }
    return part.with(kept);
  }

  private static boolean alike(Part a, Part b) {
    return a.kind() == Part.Kind.LAYER
        && b.kind() == Part.Kind.LAYER
        && a.text().equals(b.text())
        && a.form().equals(b.form());
  }

  private void merge(List<Part> run) {
    List<Integer> first = ids(run.get(0));
    for (int number = 0; number < run.size(); number++) {
      List<Integer> ids = ids(run.get(number));
      for (int i = 0; i < ids.size(); i++) {
        places.computeIfAbsent(ids.get(i), id -> new ArrayList<>()).add(new Place(runs, number));
        if (number > 0) {
          likes.put(ids.get(i), first.get(i));
        }
      }
    }
    runs++;
  }

  private static List<Integer> ids(Part part) {
    List<Integer> ids = new ArrayList<>(List.of(part.id()));
    part.parts().forEach(inner -> ids.addAll(ids(inner)));
    return ids;
  }
}
