package org.nnd.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nnd.format.Json;
import org.nnd.ir.NndException;

/**
 * A Jupyter notebook (nbformat 4).
 *
 * @param cells the code cells in order; the third is called {@code FILE cell 3}
 */
public record Notebook(List<Source> cells) {
  public Notebook {
    cells = List.copyOf(cells);
  }

  /** {@return whether a file is one, by its name} */
  public static boolean isNamedLikeOne(Path file) {
    return file.toString().endsWith(".ipynb");
  }

  /** {@return the notebook at {@code path}} */
  public static Notebook read(Path path) {
    Object json = Json.parse(Source.read(path).text(), path.toString());
    if (!(json instanceof Map<?, ?> notebook) || !(notebook.get("cells") instanceof List<?> all)) {
      throw new NndException(path + ": not a notebook of format 4: it has no list of cells");
    }
    var cells = new ArrayList<Source>();
    for (Object one : all) {
      if (one instanceof Map<?, ?> cell && "code".equals(cell.get("cell_type"))) {
        cells.add(new Source(path + " cell " + (cells.size() + 1), text(cell.get("source"), path)));
      }
    }
    return new Notebook(cells);
  }

  /** The format allows one string and a list of lines. */
  private static String text(Object source, Path path) {
    return switch (source) {
      case String text -> text;
      case List<?> lines -> lines.stream().map(String::valueOf).collect(Collectors.joining());
      case null, default -> throw new NndException(path + ": a code cell has no source");
    };
  }
}
