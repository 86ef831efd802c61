package org.nnd.tests.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that train: written without a single import, small enough for seconds. */
class TrainingScriptTest {
  @TempDir private Path folder;

  /** The surface of the language in one script. */
  @Test
  void aNetworkIsDescribedTrainedMeasuredAndMerged() throws Exception {
    Nnd nnd = new Nnd(folder);
    String file =
        nnd.script(
            "glyphs.nnd",
            """
            #!/usr/bin/env nnd
            var net = sequential(
                conv(8).kernel(3).stride(2), batchNorm(), gelu(),
                repeat(2, repLKBlock(5).small(3)),
                downsample(16),
                residual(depthwise(7)),
                globalAvgPool(),
                dense(10));
            var data = Glyphs.digits().train(96).test(40);
            var m = model(net, data.input());
            println(m.summary());
            int epochs = Integer.parseInt(args[0]);
            train(m, data.train()).optimizer(adamW(2e-3)).schedule(cosine()).epochs(epochs).run();
            println(evaluate(m, data.test()));
            var merged = merge(m);
            double apart = m.predict(data.test()).sub(merged.predict(data.test())).abs().max()
                .value().get(0);
            println(merged.parameterCount() < m.parameterCount() && apart < 1e-4 ? "same" : apart);
            """);
    Nnd.Result result = nnd.run("run", file, "2");
    assertEquals("", result.err());
    assertEquals(0, result.code());
    List<String> lines = result.out().lines().toList();
    assertTrue(
        lines.stream().anyMatch(l -> l.matches("3\\.1 .*repLKBlock\\(5\\).*")), result.out());
    assertTrue(lines.stream().anyMatch(l -> l.startsWith("epoch 1/2  loss ")), result.out());
    assertTrue(lines.stream().anyMatch(l -> l.startsWith("epoch 2/2  loss ")), result.out());
    assertTrue(
        lines.get(lines.size() - 2).matches("accuracy: [0-9.]+ %, loss: [0-9.]+"), result.out());
    assertEquals("same", result.last());
  }

  /** One process trains and saves, another one loads and finds the same. */
  @Test
  void aModelOutlivesItsProcess() throws Exception {
    Nnd nnd = new Nnd(folder);
    String data = "var data = Glyphs.digits().train(64).test(32);\n";
    nnd.script(
        "train.nnd",
        data
            + """
            var m = model(sequential(flatten(), dense(16), relu(), dense(10)), data.input());
            train(m, data.train()).epochs(1).quiet().run();
            m.save(Path.of("m.safetensors"));
            println(evaluate(m, data.test()));
            """);
    nnd.script(
        "use.nnd", data + "println(evaluate(load(Path.of(\"m.safetensors\")), data.test()));\n");
    Nnd.Result trained = nnd.child("run", "train.nnd");
    Nnd.Result used = nnd.child("use.nnd");
    assertEquals("", trained.err() + used.err());
    assertEquals(0, trained.code() + used.code());
    assertTrue(trained.out().startsWith("accuracy: "), trained::out);
    assertEquals(trained.out(), used.out());
  }

  @Test
  void tensorsAreValuesToLookAt() throws Exception {
    Nnd nnd = new Nnd(folder);
    String file =
        nnd.script(
            "values.nnd",
            """
            var x = tensor(new double[][] {{1, 2}, {3, 4}});
            println(x.matmul(x).sum().value().get(0));
            println(relu().apply(tensor(-1, 2)).value().get(1));
            var table = Table.create("t", DoubleColumn.create("a", 1, 2), IntColumn.create("b", 3, 4));
            println(tensor(table).sum(0).value().get(1));
            var image = new java.awt.image.BufferedImage(5, 4, java.awt.image.BufferedImage.TYPE_INT_RGB);
            println(globalAvgPool().apply(tensor(image)).shape());
            println(Paths.get("a").equals(Path.of("a")));
            """);
    assertEquals(new Nnd.Result(0, "54.0\n2.0\n7.0\n[1, 3]\ntrue\n", ""), nnd.run("run", file));
  }
}
