package org.nnd.model;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.nnd.dsl.Child;
import org.nnd.dsl.Identity;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Named;
import org.nnd.dsl.Share;
import org.nnd.dsl.Tensors;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.layers.Slots;
import org.nnd.layers.snnk.LinearInFeatures;

/**
 * The layers of a network that another network has replaced by layers linear in features, and taps
 * on what goes into them and comes out. Both networks are expanded.
 */
final class Counterparts {
  /** A replacement, and what goes through the layers replaced. */
  record Pair(String path, LinearInFeatures student, List<Node> inputs, List<Node> outputs) {}

  private final List<Pair> pairs = new ArrayList<>();

  /** A place in the row of both networks. */
  private record Place(String path, Layer teacher, Layer student) {
    Place with(Layer changed) {
      return new Place(path, changed, student);
    }
  }

  /** A layer that writes down what it gets and gives. */
  private record Tap(Layer layer, List<Node> inputs, List<Node> outputs) implements Layer {
    @Override
    public Tensors lower(Lowering at, Tensors x) {
      inputs.add(x.one().node());
      Tensors y = at.call("", layer, x);
      outputs.add(y.one().node());
      return y;
    }
  }

  /** The replaced layers in the order of the network; their nodes appear when it is lowered. */
  List<Pair> pairs() {
    return pairs;
  }

  /** {@return the teacher with taps around every part that the student has replaced} */
  Layer tapped(Layer teacher, Layer student) {
    return row(teacher, student, "");
  }

  private Layer row(Layer teacher, Layer student, String path) {
    List<Place> row = new ArrayList<>();
    collect(teacher, student, path, row);
    for (int i = 0; i < row.size(); i++) {
      Place place = row.get(i);
      Optional<LinearInFeatures> made = LinearInFeatures.of(place.student());
      if (made.isPresent() && !place.student().equals(place.teacher())) {
        int last = i;
        while (last + 1 < row.size() && dropped(row.get(last + 1))) {
          last++;
        }
        Pair pair = new Pair(place.path(), made.get(), new ArrayList<>(), new ArrayList<>());
        pairs.add(pair);
        List<Node> ignored = new ArrayList<>();
        row.set(
            i,
            place.with(
                new Tap(place.teacher(), pair.inputs(), last == i ? pair.outputs() : ignored)));
        if (last > i) {
          Place end = row.get(last);
          row.set(last, end.with(new Tap(end.teacher(), ignored, pair.outputs())));
        }
        i = last;
      } else {
        row.set(i, place.with(inside(place)));
      }
    }
    return rebuild(teacher, student, row.iterator());
  }

  /** Whether the student has left out a layer that the one before stands for. */
  private static boolean dropped(Place place) {
    return place.student() instanceof Identity && !(place.teacher() instanceof Identity);
  }

  private Layer inside(Place place) {
    List<Child> mine = place.teacher().children();
    List<Child> others = place.student().children();
    boolean shared = place.teacher() instanceof Share;
    if (shared || mine.size() != others.size() || mine.isEmpty()) {
      if (!place.teacher().equals(place.student())) {
        throw new NndException(
            "%s: the one network has %s, the other %s; they may differ in layers of random"
                    .formatted(place.path(), place.teacher(), place.student())
                + " features alone");
      }
      return place.teacher();
    }
    List<Layer> children = new ArrayList<>();
    for (int i = 0; i < mine.size(); i++) {
      String under = mine.get(i).under(place.path());
      children.add(row(mine.get(i).layer(), others.get(i).layer(), under));
    }
    return place.teacher().withChildren(children);
  }

  private static void collect(Layer teacher, Layer student, String path, List<Place> row) {
    if (!bothRows(teacher, student)) {
      row.add(new Place(path, teacher, student));
      return;
    }
    for (int i = 0; i < teacher.children().size(); i++) {
      Child child = teacher.children().get(i);
      collect(child.layer(), student.children().get(i).layer(), child.under(path), row);
    }
  }

  private static Layer rebuild(Layer teacher, Layer student, Iterator<Place> row) {
    if (!bothRows(teacher, student)) {
      return row.next().teacher();
    }
    List<Layer> children = new ArrayList<>();
    for (int i = 0; i < teacher.children().size(); i++) {
      children.add(
          rebuild(teacher.children().get(i).layer(), student.children().get(i).layer(), row));
    }
    return teacher.withChildren(children);
  }

  private static boolean bothRows(Layer teacher, Layer student) {
    return Slots.isRow(teacher)
        && Slots.isRow(student)
        && teacher.children().size() == student.children().size()
        && teacher instanceof Named == student instanceof Named;
  }
}
