package org.nnd.tests.course;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.format.Json;

/** A lesson as a Jupyter notebook, format 4.5, without outputs. */
final class Notebook {
  private Notebook() {}

  static String of(Lesson lesson) {
    List<Object> cells = new ArrayList<>();
    for (Lesson.Cell cell : lesson.cells()) {
      cells.add(cell(cell, cells.size() + 1));
    }
    return Json.text(
        fields(
            "cells",
            cells,
            "metadata",
            fields(
                "kernelspec",
                fields("display_name", "NND (Java)", "language", "java", "name", "nnd"),
                "language_info",
                fields("file_extension", ".nnd", "mimetype", "text/x-java", "name", "java")),
            "nbformat",
            4L,
            "nbformat_minor",
            5L));
  }

  private static Map<String, Object> cell(Lesson.Cell cell, int number) {
    String id = "cell-%02d".formatted(number);
    List<Object> source = new ArrayList<>(cell.source().lines().map(line -> line + "\n").toList());
    source.set(source.size() - 1, source.get(source.size() - 1).toString().stripTrailing());
    return cell.text()
        ? fields("cell_type", "markdown", "id", id, "metadata", fields(), "source", source)
        : fields(
            "cell_type",
            "code",
            "execution_count",
            Optional.empty(),
            "id",
            id,
            "metadata",
            fields(),
            "outputs",
            List.of(),
            "source",
            source);
  }

  private static Map<String, Object> fields(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
