package org.nnd.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The classic Notebook and an exported page in headless Chromium. What the browser showed is kept
 * in {@code target/screenshots}.
 */
class BrowserTest {
  private static final Path SHOTS = Path.of("target", "screenshots").toAbsolutePath();

  private static final List<String> CELLS =
      List.of(
          """
          var data = Glyphs.digits().train(2000).test(200);
          var net = sequential(
              conv(8).kernel(3), relu(), downsample(16),
              globalAvgPool(), dense(10));
          net""",
          "var m = model(net, data.input());\nm",
          "train(m, data.train()).optimizer(adamW(4e-3)).validate(data.test()).epochs(4).run();",
          "evaluate(m, data.test())",
          "model(sequential(conv(8), globalAvgPool(), conv(4)), data.input());");

  /** The addresses, of all that the page loaded, that lie on other machines. */
  private static final String FOREIGN =
      """
      return performance.getEntriesByType('resource').map(e => e.name)
        .filter(u => u.startsWith('http') && new URL(u).hostname != '127.0.0.1');
      """;

  @TempDir private Path folder;

  @Test
  void aNotebookInTheClassicNotebook() throws Exception {
    Jupyter jupyter = Jupyter.in(folder, "notebook", "jupyter-notebook");
    NotebookTest.notebook(folder.resolve("net.ipynb"), CELLS);
    int port = Browser.freePort();
    try (var browser = new Browser(folder)) {
      Process server = serve(jupyter, port);
      try {
        String url = "http://127.0.0.1:" + port + "/notebooks/net.ipynb";
        await(url);
        browser.open(url);
        browser.until(
            "return typeof Jupyter != 'undefined' && !!Jupyter.notebook && !!Jupyter.notebook.kernel"
                + " && Jupyter.notebook.kernel.is_connected()");
        browser.run("Jupyter.notebook.execute_all_cells();");
        browser.until(
            "return Jupyter.notebook.get_cells().every(c => c.input_prompt_number > 0)"
                + " && !Jupyter.notebook.kernel_busy");
        browser.screenshot(SHOTS.resolve("classic-top.png"));
        browser.run("document.querySelector('#site').scrollTop = 1400;");
        browser.screenshot(SHOTS.resolve("classic-middle.png"));
        browser.run("document.querySelector('#site').scrollTop = 1e6;");
        browser.screenshot(SHOTS.resolve("classic-bottom.png"));
        assertEquals(
            List.of(0L, 0L, 0L, 0L, 1L),
            browser.run(
                "return Jupyter.notebook.get_cells().map(c =>"
                    + " c.output_area.outputs.filter(o => o.output_type == 'error').length);"));
        assertEquals(
            1L,
            browser.run("return Jupyter.notebook.get_cell(2).output_area.outputs.length;"),
            "a training is one display");
        assertEquals(
            true, browser.run("return document.querySelectorAll('.output_area svg').length > 1;"));
        assertEquals(List.of(), browser.run(FOREIGN));
      } finally {
        server.descendants().forEach(ProcessHandle::destroy);
        server.destroy();
        server.waitFor();
      }
    }
  }

  private static Process serve(Jupyter jupyter, int port) throws IOException {
    return jupyter.start(
        jupyter.command(
            "notebook",
            "--no-browser",
            "--allow-root",
            "--ip=127.0.0.1",
            "--port=" + port,
            "--NotebookApp.token=",
            "--NotebookApp.disable_check_xsrf=True"));
  }

  private static void await(String url) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      try {
        URI.create(url).toURL().openStream().close();
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new AssertionError("Jupyter did not start");
  }

  @Test
  void anExportedPage() throws Exception {
    Jupyter jupyter = Jupyter.in(folder, "nbconvert", "jupyter-nbconvert");
    Path file = NotebookTest.notebook(folder.resolve("net.ipynb"), CELLS.subList(0, 4));
    Jupyter.Result result =
        jupyter.jupyter(
            "nbconvert",
            "--execute",
            "--to",
            "html",
            "--HTMLExporter.mathjax_url=",
            "--HTMLExporter.require_js_url=",
            file.toString());
    assertEquals(0, result.code(), () -> folder.resolve("errors").toString());
    try (var browser = new Browser(folder)) {
      browser.open(
          Files.move(folder.resolve("net.html"), folder.resolve("page.html")).toUri().toString());
      browser.screenshot(SHOTS.resolve("exported-top.png"));
      browser.run("window.scrollTo(0, 1e6);");
      browser.screenshot(SHOTS.resolve("exported-bottom.png"));
      assertEquals(true, browser.run("return document.querySelectorAll('svg').length > 1;"));
      assertEquals(List.of(), browser.run(FOREIGN));
    }
  }
}
