package org.nnd.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

@AnalyzeClasses(
    packages = "org.nnd",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  /** The tests of other modules come as jars. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  // The modules, from below.
  private static final String[] DSL = {"org.nnd.ir..", "org.nnd.dsl.."};
  private static final String[] OPENCL = {"org.nnd.opencl.."};
  private static final String[] STDLIB = {
    "org.nnd.layers..",
    "org.nnd.zoo..",
    "org.nnd.model..",
    "org.nnd.train..",
    "org.nnd.data..",
    "org.nnd.draw..",
    "org.nnd.format..",
    "org.nnd.onnx..",
    "org.nnd.explain..",
    "org.nnd.draw..",
    "org.nnd.bench..",
    "org.nnd.conformance.."
  };
  private static final String[] KERNEL = {
    "org.nnd.session..", "org.nnd.jupyter..", "org.nnd.cli.."
  };

  /** The peers of the benchmark, which are no part of the distribution. */
  private static final String[] PEERS = {"org.nnd.tests.peers.."};

  /** A new package must be put in its place here. */
  @ArchTest
  static final ArchRule everyPackageBelongsToAModule =
      classes().should().resideInAnyPackage(join(DSL, OPENCL, STDLIB, KERNEL, PEERS));

  // Dependencies point one way: dsl <- opencl <- stdlib <- jupyter-kernel.

  @ArchTest static final ArchRule theDslNeedsTheJdkAlone = only(DSL, DSL);

  @ArchTest
  static final ArchRule graphsKnowNoDescriptions =
      only(new String[] {"org.nnd.ir.."}, "org.nnd.ir..");

  @ArchTest
  static final ArchRule openClNeedsNoLibraryAbove =
      none(OPENCL, join(STDLIB, KERNEL)).because("dependencies point one way");

  @ArchTest static final ArchRule openClKnowsNoDescriptions = none(OPENCL, "org.nnd.dsl..");

  @ArchTest static final ArchRule theLibraryNeedsNoSession = none(STDLIB, KERNEL);

  @ArchTest
  static final ArchRule nothingNeedsThePeers = none(join(DSL, OPENCL, STDLIB, KERNEL), PEERS);

  // Inside opencl: kernel programs <- lowering <- runtime; drivers are met in one package.

  @ArchTest
  static final ArchRule kernelProgramsNeedGraphTypesAlone =
      only(new String[] {"org.nnd.opencl.kernel.."}, "org.nnd.opencl.kernel..", "org.nnd.ir..");

  @ArchTest
  static final ArchRule loweringNeedsNoDevice =
      none(
          new String[] {"org.nnd.opencl.lower.."},
          "org.nnd.opencl.jocl..",
          "org.nnd.opencl.runtime..");

  // Walls inside stdlib.

  @ArchTest
  static final ArchRule layersNeedTheDslAlone =
      only(new String[] {"org.nnd.layers.."}, join(DSL, new String[] {"org.nnd.layers.."}));

  @ArchTest
  static final ArchRule theZooNeedsLayersAlone =
      only(
          new String[] {"org.nnd.zoo.."},
          join(DSL, new String[] {"org.nnd.layers..", "org.nnd.zoo.."}));

  @ArchTest
  static final ArchRule dataKnowNoModels =
      none(
          new String[] {"org.nnd.data..", "org.nnd.format.."},
          "org.nnd.model..",
          "org.nnd.train..");

  @ArchTest
  static final ArchRule packagesOfTheLibraryHaveNoCycles =
      slices().matching("org.nnd.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheBackendHaveNoCycles =
      slices().matching("org.nnd.opencl.(*)..").should().beFreeOfCycles();

  // Foreign libraries, each met in one package.

  @ArchTest static final ArchRule joclIsMetInOnePackage = met("org.jocl..", "org.nnd.opencl.jocl");

  @ArchTest
  static final ArchRule tablesawIsMetInOnePackage = met("tech.tablesaw..", "org.nnd.data.tables");

  @ArchTest
  static final ArchRule gsonIsMetInOnePackage = met("com.google.gson..", "org.nnd.format");

  @ArchTest
  static final ArchRule protobufIsMetInOnePackage = met("com.google.protobuf..", "org.nnd.onnx");

  @ArchTest static final ArchRule onnxsClassesAreMetThere = met("ai.onnx..", "org.nnd.onnx");

  @ArchTest
  static final ArchRule onnxRuntimeIsMetInOnePackage =
      met("ai.onnxruntime..", "org.nnd.tests.peers");

  @ArchTest
  static final ArchRule elkIsMetInOneClass =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.nnd.draw.Layered")
          .should()
          .dependOnClassesThat(resideInAPackage("org.eclipse.."));

  @ArchTest
  static final ArchRule xchartIsMetInOneClass =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.nnd.draw.Chart")
          .should()
          .dependOnClassesThat(resideInAPackage("org.knowm.."));

  @ArchTest static final ArchRule picocliIsMetInOnePackage = met("picocli..", "org.nnd.cli");

  @ArchTest static final ArchRule jshellIsMetInOnePackage = met("jdk.jshell..", "org.nnd.session");

  @ArchTest static final ArchRule jjavaIsMetInOnePackage = met("org.dflib..", "org.nnd.jupyter");

  @ArchTest
  static final ArchRule ijavaIsMetInOnePackage = met("io.github.spencerpark..", "org.nnd.jupyter");

  @ArchTest static final ArchRule zeroMqIsMetInOnePackage = met("org.zeromq..", "org.nnd.jupyter");

  // Manners.

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Impl");

  /** The preflight is a program of its own, which the launcher runs. */
  @ArchTest
  static final ArchRule onlyTheCommandLineEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.nnd.cli..")
          .and()
          .doNotHaveSimpleName("Preflight")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class);

  @ArchTest
  static final ArchRule tracesAreNotThrownAtUsers =
      noClasses().should().callMethod(Throwable.class, "printStackTrace");

  /** The rules above would hold of nothing, too. */
  @ArchTest
  static void everyModuleIsThere(JavaClasses all) {
    for (String part : List.of("dsl", "opencl.jocl", "layers", "data.tables", "session", "cli")) {
      assertTrue(
          all.stream().map(JavaClass::getPackageName).anyMatch(p -> p.equals("org.nnd." + part)),
          part);
    }
  }

  private static String[] join(String[]... parts) {
    return Arrays.stream(parts).flatMap(Stream::of).toArray(String[]::new);
  }

  /** Classes of these packages depend on the JDK and those. */
  private static ArchRule only(String[] packages, String... allowed) {
    return classes()
        .that()
        .resideInAnyPackage(packages)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(join(allowed, new String[] {"java..", "javax.."})));
  }

  private static ArchRule none(String[] packages, String... forbidden) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden);
  }

  private static ArchRule met(String library, String... packages) {
    return noClasses()
        .that(not(resideInAnyPackage(packages)))
        .should()
        .dependOnClassesThat(resideInAPackage(library));
  }
}
