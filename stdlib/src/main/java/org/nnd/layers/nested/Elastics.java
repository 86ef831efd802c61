package org.nnd.layers.nested;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Child;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Vocabulary;

/** Functions of elastic networks: their choices, and what they are with choices made. */
@Vocabulary
public final class Elastics {
  private Elastics() {}

  /**
   * {@return the choices of a network by name, as far as they are known before it meets an input}
   *
   * @throws org.nnd.ir.NndException if two choices of one name have other sizes
   */
  public static Map<String, Choice> choices(Layer network) {
    Map<String, Choice> found = new LinkedHashMap<>();
    collect(network, found);
    return found;
  }

  private static void collect(Layer layer, Map<String, Choice> found) {
    if (layer instanceof Elastic elastic) {
      Choice before = found.put(elastic.choice().name(), elastic.choice());
      if (before != null && !before.equals(elastic.choice())) {
        throw Check.error(
            "the choice '%s' has the sizes %s in one place and %s in another",
            before.name(), before.sizes(), elastic.choice().sizes());
      }
      elastic.layers().forEach(each -> collect(each, found));
      return;
    }
    for (Child child : layer.children()) {
      collect(child.layer(), found);
    }
  }

  private static boolean hasBlocks(Layer layer) {
    return layer instanceof Block
        || layer.children().stream().anyMatch(child -> hasBlocks(child.layer()));
  }

  /**
   * {@return the network with its choices made, an ordinary network at the same paths; its
   * variables are leading blocks of the elastic network's}
   *
   * @throws org.nnd.ir.NndException if there is no such choice, or no such size
   */
  public static Layer at(Layer network, Configuration configuration) {
    Map<String, Choice> known = choices(network);
    for (Configuration.Setting setting : configuration.settings()) {
      Choice choice = known.get(setting.choice());
      if (choice == null && !hasBlocks(network)) {
        throw Check.error(
            "the network has no choice '%s', expected one of %s", setting.choice(), known.keySet());
      }
      if (choice != null && !choice.sizes().contains(setting.size())) {
        throw Check.error(
            "the choice '%s' has no size %d, expected one of %s",
            choice.name(), setting.size(), choice.sizes());
      }
    }
    return chosen(network, configuration);
  }

  private static Layer chosen(Layer layer, Configuration configuration) {
    return layer.rewrite(
        Elastic.class,
        elastic ->
            chosen(
                configuration
                    .size(elastic.choice().name())
                    .map(elastic::at)
                    .orElseGet(elastic::largest),
                configuration));
  }

  /** {@return every choice at its smallest} */
  public static Configuration smallest(Layer network) {
    Configuration configuration = Configuration.largest();
    for (Choice choice : choices(network).values()) {
      configuration = configuration.with(choice.name(), choice.smallest());
    }
    return configuration;
  }

  /**
   * {@return the configurations in which the given choices, all if none are given, take every
   * combination of their sizes}
   */
  public static List<Configuration> all(Layer network, String... free) {
    List<Configuration> all = List.of(Configuration.largest());
    for (Choice choice : free(network, free)) {
      List<Configuration> longer = new ArrayList<>();
      for (Configuration configuration : all) {
        choice.sizes().forEach(size -> longer.add(configuration.with(choice.name(), size)));
      }
      all = longer;
    }
    return all;
  }

  /**
   * {@return up to {@code count} different configurations in which the given choices, all if none
   * are given, take sizes drawn at random}
   */
  public static List<Configuration> sample(Layer network, int count, long seed, String... free) {
    Check.positive("sample", "the number of configurations", count);
    List<Choice> choices = free(network, free);
    long most = 1;
    for (Choice choice : choices) {
      most = Math.min(Integer.MAX_VALUE, most * choice.sizes().size());
    }
    if (most <= 4L * count) {
      List<Configuration> all = new ArrayList<>(all(network, free));
      Collections.shuffle(all, new Random(seed));
      return List.copyOf(all.subList(0, Math.min(count, all.size())));
    }
    Random random = new Random(seed);
    Set<Configuration> drawn = new LinkedHashSet<>();
    while (drawn.size() < count) {
      Configuration configuration = Configuration.largest();
      for (Choice choice : choices) {
        int size = choice.sizes().get(random.nextInt(choice.sizes().size()));
        configuration = configuration.with(choice.name(), size);
      }
      drawn.add(configuration);
    }
    return List.copyOf(drawn);
  }

  /**
   * {@return the phases of progressive shrinking (Cai et al. 2020, section 3.2): first the whole
   * network, then one more choice made elastic in each phase, in the given order, with up to {@code
   * count} configurations a phase}
   */
  public static List<List<Configuration>> shrinking(
      Layer network, int count, long seed, String... order) {
    List<List<Configuration>> phases = new ArrayList<>();
    phases.add(List.of(Configuration.largest()));
    for (int free = 1; free <= order.length; free++) {
      String[] names = Arrays.copyOf(order, free);
      phases.add(sample(network, count, seed + free, names));
    }
    return phases;
  }

  private static List<Choice> free(Layer network, String... names) {
    Map<String, Choice> known = choices(network);
    if (names.length == 0) {
      return List.copyOf(known.values());
    }
    List<Choice> free = new ArrayList<>();
    for (String name : names) {
      if (!known.containsKey(name)) {
        throw Check.error(
            "the network has no choice '%s', expected one of %s", name, known.keySet());
      }
      free.add(known.get(name));
    }
    return free;
  }
}
