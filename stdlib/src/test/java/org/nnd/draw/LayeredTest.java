package org.nnd.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nnd.draw.Layered.Box;
import org.nnd.draw.Layered.Placed;
import org.nnd.draw.Layered.Point;
import org.nnd.draw.Layered.Rectangle;

class LayeredTest {
  private static final double ROUNDING = 0.01;

  @Test
  void boxesDoNotOverlapAndFramesHoldTheirBoxes() {
    Random random = new Random(1);
    for (int round = 0; round < 25; round++) {
      List<Integer> leaves = new ArrayList<>();
      int[] ids = {0};
      List<Box> boxes = new ArrayList<>();
      for (int i = 0; i < 2 + random.nextInt(6); i++) {
        boxes.add(box(random, ids, leaves, 2));
      }
      Set<Structure.Link> links = new LinkedHashSet<>();
      for (int i = 0; i + 1 < leaves.size(); i++) {
        int to = i + 1 + random.nextInt(leaves.size() - i - 1);
        links.add(new Structure.Link(leaves.get(i), leaves.get(to)));
      }
      Placed placed = Layered.place(boxes, links);
      check(boxes, placed, new Rectangle(0, 0, placed.width(), placed.height()));
      assertEquals(links.size(), placed.routes().size());
      placed.routes().forEach(route -> touches(route, placed));
    }
  }

  private static Box box(Random random, int[] ids, List<Integer> leaves, int depth) {
    int id = ids[0]++;
    if (depth == 0 || random.nextInt(3) > 0) {
      leaves.add(id);
      return new Box(id, 20 + random.nextInt(200), 20 + random.nextInt(30), List.of());
    }
    List<Box> inside = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      inside.add(box(random, ids, leaves, depth - 1));
    }
    return new Box(id, 150 + random.nextInt(100), 20, inside);
  }

  static void check(List<Box> boxes, Placed placed, Rectangle around) {
    for (int i = 0; i < boxes.size(); i++) {
      Rectangle a = placed.boxes().get(boxes.get(i).id());
      assertTrue(inside(a, around), a + " is not in " + around);
      assertTrue(a.width() >= boxes.get(i).width() - ROUNDING, "the heading does not fit");
      for (int j = 0; j < i; j++) {
        Rectangle b = placed.boxes().get(boxes.get(j).id());
        assertTrue(apart(a, b), a + " overlaps " + b);
      }
      check(boxes.get(i).boxes(), placed, a);
    }
  }

  private static boolean inside(Rectangle a, Rectangle b) {
    return a.x() >= b.x() - ROUNDING
        && a.y() >= b.y() - ROUNDING
        && a.x() + a.width() <= b.x() + b.width() + ROUNDING
        && a.y() + a.height() <= b.y() + b.height() + ROUNDING;
  }

  private static boolean apart(Rectangle a, Rectangle b) {
    return a.x() + a.width() <= b.x() + ROUNDING
        || b.x() + b.width() <= a.x() + ROUNDING
        || a.y() + a.height() <= b.y() + ROUNDING
        || b.y() + b.height() <= a.y() + ROUNDING;
  }

  /** A line begins at the lower edge of a box and ends at the upper edge of another. */
  private static void touches(Layered.Route route, Placed placed) {
    Rectangle from = placed.boxes().get(route.link().from());
    Rectangle to = placed.boxes().get(route.link().to());
    Point start = route.points().get(0);
    Point end = route.points().get(route.points().size() - 1);
    assertEquals(from.y() + from.height(), start.y(), ROUNDING);
    assertEquals(to.y(), end.y(), ROUNDING);
    assertTrue(start.x() >= from.x() && start.x() <= from.x() + from.width());
    assertTrue(end.x() >= to.x() && end.x() <= to.x() + to.width());
  }
}
