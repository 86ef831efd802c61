package org.nnd.session;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What NND's own sources say about its classes and methods. JShell reads the JDK's sources only,
 * and class files know no names of parameters.
 *
 * @param roots folders with packages of sources
 */
record SourceDocs(List<Path> roots) {
  private static final List<String> MODULES = List.of("dsl", "opencl", "stdlib", "jupyter-kernel");

  private static final String NAME = "(org\\.nnd\\.(?:[a-z]\\w*\\.)*[A-Z][\\w.]*?)";

  /**
   * {@code org.nnd.layers.Conv org.nnd.layers.Layers.conv(int, int)}: the type of the result and
   * the method. A record stands there with its components.
   */
  private static final Pattern METHOD =
      Pattern.compile(
          "(?:.* )?" + NAME + "(?:<[^(]*>)?(?:\\([^)]*\\))?\\.(?:<[^(]*>)?(\\w+)\\(([^)]*)\\).*");

  private static final Pattern CONSTRUCTOR = Pattern.compile(NAME + "(?:<[^(]*>)?\\(([^)]*)\\).*");

  private static final Pattern TYPE = Pattern.compile("(org\\.nnd\\.[\\w.]+).*");

  /** {@return those of the checkout that the launcher runs} */
  static SourceDocs ofLauncher() {
    String home = System.getProperty("nnd.home", "");
    return new SourceDocs(
        MODULES.stream()
            .map(module -> Path.of(home, module, "src", "main", "java"))
            .filter(root -> !home.isEmpty() && Files.isDirectory(root))
            .toList());
  }

  /** {@return what JShell signs with {@code signature}, as the source has it} */
  Optional<Assistant.Description> find(String signature) {
    Matcher method = METHOD.matcher(signature);
    if (method.matches()) {
      return member(method.group(1), method.group(2), parameters(method.group(3)));
    }
    Matcher constructor = CONSTRUCTOR.matcher(signature);
    if (constructor.matches()) {
      return member(constructor.group(1), "<init>", parameters(constructor.group(2)));
    }
    Matcher type = TYPE.matcher(signature);
    return type.matches() ? member(type.group(1), "", List.of()) : Optional.empty();
  }

  /** Simple names of types without type arguments. */
  private static List<String> parameters(String text) {
    String plain = text;
    while (plain.contains("<")) {
      String inner = plain.replaceAll("<[^<>]*>", "");
      if (inner.equals(plain)) {
        break;
      }
      plain = inner;
    }
    List<String> names = new ArrayList<>();
    for (String one : plain.isBlank() ? new String[0] : plain.split(",")) {
      names.add(simple(one.strip().replaceFirst("\\s+\\w+$", "")));
    }
    return names;
  }

  private static String simple(String type) {
    return type.replaceAll("<.*>", "").replaceAll("[\\w.]+\\.(?=\\w)", "").replace("...", "[]");
  }

  private Optional<Assistant.Description> member(
      String type, String name, List<String> parameters) {
    for (Path root : roots) {
      for (String outer = type;
          outer.contains(".");
          outer = outer.substring(0, outer.lastIndexOf('.'))) {
        Path file = root.resolve(outer.replace('.', '/') + ".java");
        if (Files.exists(file)) {
          return read(file, type.substring(type.lastIndexOf('.') + 1), name, parameters);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Assistant.Description> read(
      Path file, String type, String name, List<String> parameters) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(d -> {}, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  PrintWriter.nullWriter(),
                  files,
                  d -> {},
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjects(file));
      var found = new ArrayList<Assistant.Description>();
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Search(docs, type, name, parameters, found).scan(unit, null);
      }
      return found.stream().findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Looks for a declaration: a type where the name is empty. */
  private static final class Search extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final String type;
    private final String name;
    private final List<String> parameters;
    private final List<Assistant.Description> found;

    Search(
        DocTrees docs,
        String type,
        String name,
        List<String> parameters,
        List<Assistant.Description> found) {
      this.docs = docs;
      this.type = type;
      this.name = name;
      this.parameters = parameters;
      this.found = found;
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
      if (tree.getSimpleName().contentEquals(type)) {
        boolean canonical = name.equals("<init>") && tree.getKind() == Tree.Kind.RECORD;
        if (name.isEmpty() || canonical) {
          add(header(tree));
        }
        return super.visitClass(tree, null);
      }
      return super.visitClass(tree, null);
    }

    @Override
    public Void visitMethod(MethodTree tree, Void unused) {
      TreePath parent = getCurrentPath().getParentPath();
      boolean here =
          parent.getLeaf() instanceof ClassTree in && in.getSimpleName().contentEquals(type);
      List<String> types =
          tree.getParameters().stream().map(p -> simple(p.getType().toString())).toList();
      if (here && tree.getName().contentEquals(name) && types.equals(parameters)) {
        found.clear(); // a constructor written out goes before its record
        add(header(tree));
      }
      return null;
    }

    private void add(String header) {
      DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
      found.add(
          new Assistant.Description(
              header, comment == null ? "" : Javadoc.plain(comment.toString())));
    }

    private static String header(ClassTree tree) {
      return tree.getKind().name().toLowerCase(java.util.Locale.ROOT) + " " + tree.getSimpleName();
    }

    private String header(MethodTree tree) {
      String arguments =
          tree.getParameters().stream().map(Search::parameter).collect(Collectors.joining(", "));
      String result = tree.getReturnType() == null ? "" : tree.getReturnType() + " ";
      String called = tree.getReturnType() == null ? type : tree.getName().toString();
      return result + called + "(" + arguments + ")";
    }

    private static String parameter(VariableTree parameter) {
      boolean variadic = parameter.toString().contains("...");
      String type = parameter.getType().toString();
      return (variadic ? type.replaceFirst("\\[]$", "...") : type) + " " + parameter.getName();
    }
  }
}
