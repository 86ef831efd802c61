package org.nnd.jupyter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.request.CommInfoRequest;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.dflib.jjava.jupyter.messages.request.KernelInfoRequest;
import org.nnd.ir.NndException;
import org.nnd.session.Outcome;
import org.nnd.session.Source;

/**
 * NND's kernel, as JJava's extensions know it. Requests are answered here where JJava's answers
 * lack something.
 */
final class NndKernel extends BaseKernel {
  private static final String PROTOCOL = "5.3";

  private final Outlet outlet;
  private final CellRunner cells;
  private final CodeAnswers answers;
  private final Workplace workplace;

  NndKernel(String version, Connection connection, Workplace workplace) {
    super(
        "nnd",
        version,
        new LanguageInfo.Builder("java")
            .version(Runtime.version().toString())
            .mimetype("text/x-java")
            .fileExtension(".nnd")
            .pygments("java")
            .codemirror("text/x-java")
            .exporter("script")
            .build(),
        List.of(),
        null, // history is answered below
        new CellStreams(),
        new CommManager(),
        new Renderer(),
        new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()),
        new SharedMagics(workplace),
        workplace.settings().extensions(),
        new StringStyler("", "", "", line -> ""));
    this.workplace = workplace;
    this.outlet = new Outlet(connection.getIOPub());
    this.answers = new CodeAnswers(workplace);
    var screen = new NotebookScreen(outlet, renderer);
    var keyboard = new Keyboard(connection.stdin(), outlet::flush);
    this.cells = new CellRunner(workplace, outlet, screen, keyboard, connection::abortWaiting);
  }

  /** From now on what the process prints belongs to cells. */
  void takeStreams() {
    cells.takeStreams();
  }

  @Override
  public String getBanner() {
    return "NND %s: neural network descriptions, on Java %s".formatted(version, Runtime.version());
  }

  @Override
  public void becomeHandlerForConnection(JupyterConnection connection) {
    super.becomeHandlerForConnection(connection);
    connection.setHandler(MessageType.COMM_INFO_REQUEST, this::commInfo);
  }

  @Override
  protected void handleExecuteRequest(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
    commManager.setMessageContext(message);
    ((CellStreams) io).begin(env);
    env.setBusyDeferIdle();
    Map<String, Object> reply = cells.run(message);
    env.reply(Messages.of(message, MessageType.EXECUTE_REPLY, reply));
  }

  @Override
  protected void handleKernelInfoRequest(
      ShellReplyEnvironment env, Message<KernelInfoRequest> message) {
    env.setBusyDeferIdle();
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("status", "ok");
    info.put("protocol_version", PROTOCOL);
    info.put("implementation", name);
    info.put("implementation_version", version);
    info.put("language_info", languageInfo);
    info.put("banner", getBanner());
    info.put("help_links", List.of());
    env.reply(Messages.of(message, MessageType.KERNEL_INFO_REPLY, info));
  }

  @Override
  protected void handleHistoryRequest(ShellReplyEnvironment env, Message<HistoryRequest> message) {
    env.setBusyDeferIdle();
    Map<String, Object> reply = cells.history().reply(message.getContent());
    env.reply(Messages.of(message, MessageType.HISTORY_REPLY, reply));
  }

  private void commInfo(ShellReplyEnvironment env, Message<CommInfoRequest> message) {
    env.setBusyDeferIdle();
    String wanted = message.getContent().getTargetName();
    Map<String, Object> comms = new LinkedHashMap<>();
    commManager.forEach(
        comm -> {
          if (wanted == null || wanted.equals(comm.getTargetName())) {
            comms.put(comm.getID(), Map.of("target_name", comm.getTargetName()));
          }
        });
    env.reply(
        Messages.of(message, MessageType.COMM_INFO_REPLY, Map.of("status", "ok", "comms", comms)));
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    return answers.inspect(code, at).orElse(null); // as JJava wants it
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    return answers.complete(code, at);
  }

  @Override
  public String isComplete(String code) {
    return answers.isComplete(code);
  }

  /** For JJava's extensions; a cell cannot call it, since one source is evaluated at a time. */
  @Override
  public Object evalRaw(String code) {
    return switch (workplace.session().eval(new Source("extension", code))) {
      case Outcome.Value value -> value.value().orElse(null);
      case Outcome.Failure failure -> throw new NndException(failure.toString());
    };
  }

  @Override
  public void interrupt() {
    workplace.session().interrupt();
  }

  @Override
  protected ClassLoader getClassLoader() {
    return NndKernel.class.getClassLoader();
  }
}
