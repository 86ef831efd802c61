package org.nnd.layers.nested;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nnd.dsl.Check;

/** Sizes for some of the choices of an elastic network; the others take their largest. */
public record Configuration(List<Setting> settings) {
  /** One choice's size. */
  public record Setting(String choice, int size) {}

  public Configuration {
    settings = List.copyOf(settings);
    if (settings.stream().map(Setting::choice).distinct().count() != settings.size()) {
      throw Check.error("configuration: a choice has two sizes in %s", settings);
    }
  }

  /** {@return that of the whole network} */
  public static Configuration largest() {
    return new Configuration(List.of());
  }

  /** {@return this with a size for another choice} */
  public Configuration with(String choice, int size) {
    List<Setting> more = new ArrayList<>(settings);
    more.add(new Setting(choice, size));
    return new Configuration(more);
  }

  Optional<Integer> size(String choice) {
    return settings.stream().filter(s -> s.choice().equals(choice)).map(Setting::size).findFirst();
  }

  /** {@return a name for outputs: {@code depth2_width16}, or {@code full}} */
  public String name() {
    return settings.isEmpty()
        ? "full"
        : settings.stream().map(s -> s.choice() + s.size()).collect(Collectors.joining("_"));
  }

  @Override
  public String toString() {
    return name();
  }
}
