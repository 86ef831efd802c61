package org.nnd.jupyter;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;

/** Magics that JJava's extensions register become the session's. */
final class SharedMagics extends MagicsRegistry {
  private final Workplace workplace;

  SharedMagics(Workplace workplace) {
    this.workplace = workplace;
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
