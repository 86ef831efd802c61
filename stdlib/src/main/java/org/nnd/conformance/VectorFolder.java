package org.nnd.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nnd.format.Json;
import org.nnd.ir.NndException;

/** Reads the {@code manifest.json} of a folder of vectors. */
public final class VectorFolder {
  private static final List<String> TEXTS = List.of("name", "file", "module", "mode");

  private VectorFolder() {}

  /**
   * {@return the cases of a folder, in the order of its manifest}
   *
   * @throws NndException if there is no manifest, it is not of this form, or it has no cases
   */
  public static List<Vector> read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new NndException(folder + ": not a folder; expected one with a manifest.json");
    }
    Path manifest = folder.resolve("manifest.json");
    if (!Files.isRegularFile(manifest)) {
      throw new NndException(
          folder + ": no manifest.json in it; expected a folder of conformance vectors");
    }
    if (!(Json.read(manifest) instanceof Map<?, ?> map)
        || !(map.get("cases") instanceof List<?> cases)) {
      throw new NndException(manifest + ": expected an object with a list called 'cases'");
    }
    if (cases.isEmpty()) {
      throw new NndException(manifest + ": it lists no cases");
    }
    List<Vector> vectors = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < cases.size(); i++) {
      Vector vector = vector(manifest, i, cases.get(i));
      if (!names.add(vector.name())) {
        throw new NndException("%s: two cases are called '%s'".formatted(manifest, vector.name()));
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private static Vector vector(Path manifest, int i, Object item) {
    if (!(item instanceof Map<?, ?> entry)) {
      throw new NndException("%s: cases[%d] is not an object".formatted(manifest, i));
    }
    for (String text : TEXTS) {
      if (!(entry.get(text) instanceof String)) {
        throw new NndException("%s: cases[%d] has no text '%s'".formatted(manifest, i, text));
      }
    }
    String file = (String) entry.get("file");
    Path folder = manifest.toAbsolutePath().normalize().getParent();
    Path path = folder.resolve(file).normalize();
    if (!path.startsWith(folder)) {
      throw new NndException(
          "%s: the file '%s' of cases[%d] is outside of the folder".formatted(manifest, file, i));
    }
    if (entry.get("hyper") != null && !(entry.get("hyper") instanceof Map<?, ?>)) {
      throw new NndException("%s: 'hyper' of cases[%d] is not an object".formatted(manifest, i));
    }
    return new Vector(entry, path);
  }
}
