package org.nnd.jupyter;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.nnd.session.Magic;

/** Magics that JJava's extensions register become the session's, and the other way round. */
final class SharedMagics extends MagicsRegistry {
  private final Workplace workplace;

  SharedMagics(Workplace workplace) {
    this.workplace = workplace;
  }

  @Override
  @SuppressWarnings("unchecked") // the caller says what a magic gives, as in JJava
  public <T, K extends BaseKernel> T evalLineMagic(K kernel, String name, List<String> arguments)
      throws Exception {
    return getLineMagicNames().contains(name)
        ? super.evalLineMagic(kernel, name, arguments)
        : (T) workplace.session().magics().run("%" + name, new Magic.Call(arguments, ""));
  }

  @Override
  @SuppressWarnings("unchecked") // as above
  public <T, K extends BaseKernel> T evalCellMagic(
      K kernel, String name, List<String> arguments, String body) throws Exception {
    return getCellMagicNames().contains(name)
        ? super.evalCellMagic(kernel, name, arguments, body)
        : (T) workplace.session().magics().run("%%" + name, new Magic.Call(arguments, body));
  }

  @Override
  public MagicsRegistry registerLineMagic(String name, LineMagic<?, ?> magic) {
    super.registerLineMagic(name, magic);
    workplace
        .session()
        .magics()
        .register("%" + name, call -> line(BaseKernel.notebookKernel(), name, call.arguments()));
    return this;
  }

  @Override
  public MagicsRegistry registerCellMagic(String name, CellMagic<?, ?> magic) {
    super.registerCellMagic(name, magic);
    workplace
        .session()
        .magics()
        .register(
            "%%" + name,
            call -> cell(BaseKernel.notebookKernel(), name, call.arguments(), call.body()));
    return this;
  }

  private Object line(BaseKernel kernel, String name, List<String> arguments) throws Exception {
    return evalLineMagic(kernel, name, arguments);
  }

  private Object cell(BaseKernel kernel, String name, List<String> arguments, String body)
      throws Exception {
    return evalCellMagic(kernel, name, arguments, body);
  }
}
