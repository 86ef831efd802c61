package org.nnd.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.format.Safetensors;
import org.nnd.ir.NndException;

/** Folders that are not as they should be, and cases that must fail. */
class VectorFolderTest {
  private static final String BTT = "shikaiqiu/compute-better-spent mm/btt_mvm.py:btt_mvm";

  @TempDir Path folder;

  private void manifest(String cases) throws Exception {
    Files.writeString(folder.resolve("manifest.json"), "{\"cases\": [" + cases + "]}");
  }

  private static String entry(String module, String hyper) {
    return "{\"name\": \"a\", \"file\": \"a.safetensors\", \"module\": \"%s\", \"mode\": \"eval\", "
            .formatted(module)
        + "\"hyper\": {"
        + hyper
        + "}}";
  }

  /** The identity of one feature: x W1 W2 with both weights 1. */
  private void tensors(float y) {
    Safetensors.writer()
        .add("in.x", new int[] {2, 1}, new float[] {2, 3})
        .add("p.W1", new int[] {1, 1, 1}, new float[] {1})
        .add("p.W2", new int[] {1, 1, 1}, new float[] {1})
        .add("out.y", new int[] {2, 1}, new float[] {2, y})
        .write(folder.resolve("a.safetensors"));
  }

  private Outcome outcome() {
    return Conformance.onReference().check(VectorFolder.read(folder).get(0));
  }

  private void assertRefused(String message) {
    NndException e = assertThrows(NndException.class, () -> VectorFolder.read(folder));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void whatIsMissingOrDamagedIsNamed() throws Exception {
    assertRefused("no manifest.json");
    Files.writeString(folder.resolve("manifest.json"), "{\"cases\": 3}");
    assertRefused("a list called 'cases'");
    manifest("{\"name\": \"a\"}");
    assertRefused("cases[0] has no text 'file'");
    Files.writeString(folder.resolve("manifest.json"), "{\"cases\": []}");
    assertRefused("lists no cases");
    manifest(entry(BTT, "").replace("{}", "[]"));
    assertRefused("'hyper' of cases[0] is not an object");
    manifest(entry(BTT, "").replace("a.safetensors", "../a.safetensors"));
    assertRefused("outside of the folder");
  }

  @Test
  void aDamagedFileIsTheFailureOfItsCase() throws Exception {
    manifest(entry(BTT, ""));
    assertTrue(outcome().failure().orElseThrow().contains("a.safetensors: cannot be read"));
    Files.writeString(folder.resolve("a.safetensors"), "no safetensors");
    assertTrue(outcome().failure().orElseThrow().contains("a.safetensors"));
  }

  @Test
  void whatIsNotFiniteIsShown() throws Exception {
    manifest(entry(BTT, "\"ms\": [1, 1], \"ns\": [1, 1], \"rs\": [1, 1, 1]"));
    tensors(Float.NaN);
    assertEquals("element 1 is 3.0, expected NaN", outcome().worst().orElseThrow().problem());
  }

  @Test
  void listsOfAnotherLengthAreRefused() throws Exception {
    tensors(3);
    manifest(entry(BTT, "\"ms\": [1, 1, 1], \"ns\": [1, 1], \"rs\": [1, 1, 1]"));
    assertEquals(
        "the hyper-parameter 'ms' is [1,1,1], expected a list of 2",
        outcome().failure().orElseThrow());
  }

  @Test
  void aWrongValueFailsAndARightOnePasses() throws Exception {
    String sizes = "\"ms\": [1, 1], \"ns\": [1, 1], \"rs\": [1, 1, 1]";
    manifest(entry(BTT, sizes));
    tensors(3);
    assertTrue(outcome().passed(), outcome().toString());
    tensors(3.001f);
    assertFalse(outcome().passed());
    assertEquals("out.y", outcome().worst().orElseThrow().tensor());
  }

  @Test
  void modulesAndHyperParametersThatNobodyKnowsFailByName() throws Exception {
    tensors(3);
    manifest(entry("someone/somewhere x.py:Thing", ""));
    assertEquals(
        "the module 'someone/somewhere x.py:Thing' is not known",
        outcome().failure().orElseThrow());
    String sizes = "\"ms\": [1, 1], \"ns\": [1, 1], \"rs\": [1, 1, 1]";
    manifest(entry(BTT, sizes + ", \"twist\": 7"));
    assertEquals(
        "the hyper-parameter 'twist' = 7 is not known for mm/btt_mvm.py:btt_mvm",
        outcome().failure().orElseThrow());
    manifest(entry(BTT, sizes.replace("[1, 1, 1]", "\"many\"")));
    assertEquals(
        "the hyper-parameter 'rs' is \"many\", expected a list", outcome().failure().orElseThrow());
  }
}
