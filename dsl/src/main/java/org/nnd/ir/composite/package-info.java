/**
 * Composites: operations with a name and a decomposition into primitives, in numerically stable
 * form. A backend may claim one whole by its name and attributes; its meaning and its gradient are
 * those of the body.
 *
 * <p>Every method makes an {@link org.nnd.ir.Op.Composite} whose name is the method's; attributes
 * are as the methods say. Types are as strict as those of primitives: vectors such as scale and
 * shift have the operand's element type.
 */
package org.nnd.ir.composite;
