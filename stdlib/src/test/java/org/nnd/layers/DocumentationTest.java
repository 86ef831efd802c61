package org.nnd.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Those who ask a notebook what a layer or an option does are told. */
class DocumentationTest {
  private static final List<String> PACKAGES = List.of("layers", "zoo", "model", "train", "data");

  @Test
  void everyPublicMethodSaysWhatItDoes() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String name : PACKAGES) {
      try (Stream<Path> files = Files.walk(Path.of("src/main/java/org/nnd", name))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    assertTrue(sources.size() > 200, sources.size() + " sources");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  PrintWriter.nullWriter(),
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      Undocumented search = new Undocumented(DocTrees.instance(task));
      for (CompilationUnitTree unit : task.parse()) {
        search.scan(unit, null);
      }
      assertEquals(List.of(), search.found);
    }
  }

  /** Looks for public methods of public types that have no comment. */
  private static final class Undocumented extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final List<String> found = new ArrayList<>();

    Undocumented(DocTrees docs) {
      this.docs = docs;
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
      boolean member = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
      boolean open = tree.getModifiers().getFlags().contains(Modifier.PUBLIC);
      return open || member && isInterface(getCurrentPath().getParentPath().getLeaf())
          ? super.visitClass(tree, null)
          : null;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void unused) {
      var in = (ClassTree) getCurrentPath().getParentPath().getLeaf();
      var flags = tree.getModifiers().getFlags();
      boolean open =
          flags.contains(Modifier.PUBLIC) || isInterface(in) && !flags.contains(Modifier.PRIVATE);
      boolean inherits =
          tree.getModifiers().getAnnotations().stream()
              .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
      boolean constructs = tree.getReturnType() == null;
      if (open && !inherits && !constructs && docs.getDocComment(getCurrentPath()) == null) {
        found.add(in.getSimpleName() + "." + tree.getName());
      }
      return null;
    }

    private static boolean isInterface(Tree tree) {
      return tree.getKind() == Tree.Kind.INTERFACE;
    }
  }
}
