package org.nnd.draw;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Equal parts one after the other, or some in turn, become one that tells how often: fifty blocks
 * are drawn as one. What leaves the last leaves the one then.
 */
final class Runs {
  /** Shorter runs of layers without others inside are drawn as they are. */
  private static final int LEAST = 3;

  /** Blocks that take turns are at most so many. */
  private static final int LONGEST = 4;

  /** Groups of layers that no layer of the network is are numbered from here. */
  private static final int FIRST_GROUP = 1 << 30;

  /** For every part inside the second and further ones of a run, the like one of the first. */
  private final Map<Integer, Integer> likes = new HashMap<>();

  /** For every part inside a run, the number of the run and the place in it, innermost last. */
  private final Map<Integer, List<Place>> places = new HashMap<>();

  private int runs;
  private int groups;

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
      int period = 1;
      while (period < LONGEST && !isRun(parts, i, period)) {
        period++;
      }
      if (!isRun(parts, i, period)) {
        kept.add(shortened(parts.get(i)));
        i++;
        continue;
      }
      int times = times(parts, i, period);
      List<List<Integer>> members = new ArrayList<>();
      for (int number = 0; number < times; number++) {
        int start = i + number * period;
        List<Integer> ids = new ArrayList<>();
        parts.subList(start, start + period).forEach(p -> ids.addAll(ids(p)));
        members.add(ids);
      }
      merge(members);
      List<Part> first = parts.subList(i, i + period).stream().map(this::shortened).toList();
      kept.add((period == 1 ? first.get(0) : group(first)).times(times));
      i += times * period;
    }
    return part.with(kept);
  }

  /** Layers without others inside must be repeated more often to be worth a frame. */
  private static boolean isRun(List<Part> parts, int start, int period) {
    int times = times(parts, start, period);
    boolean blocks =
        times > 1
            && parts.subList(start, start + period).stream().anyMatch(p -> !p.parts().isEmpty());
    return times >= LEAST || blocks;
  }

  /** How often the next {@code period} parts are there one after the other. */
  private static int times(List<Part> parts, int start, int period) {
    int end = start;
    while (end + period <= parts.size()) {
      for (int k = 0; k < period; k++) {
        if (!alike(parts.get(start + k), parts.get(end + k))) {
          return (end - start) / period;
        }
      }
      end += period;
    }
    return (end - start) / period;
  }

  private Part group(List<Part> parts) {
    return new Part(
        FIRST_GROUP + groups++,
        Part.Kind.LAYER,
        "",
        "",
        parts.size() + " layers in turn",
        "",
        parts.get(parts.size() - 1).output(),
        parts.stream().mapToLong(Part::parameters).sum(),
        parts.stream().mapToLong(Part::flops).sum(),
        1,
        parts);
  }

  private static boolean alike(Part a, Part b) {
    return a.kind() == Part.Kind.LAYER
        && b.kind() == Part.Kind.LAYER
        && a.text().equals(b.text())
        && a.form().equals(b.form());
  }

  private void merge(List<List<Integer>> members) {
    List<Integer> first = members.get(0);
    for (int number = 0; number < members.size(); number++) {
      List<Integer> ids = members.get(number);
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
