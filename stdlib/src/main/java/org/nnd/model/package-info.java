/**
 * Models: networks with their variables on a device. A {@link org.nnd.model.Model} is made by
 * {@link org.nnd.model.Models#model}; it predicts, is saved and loaded, summed up and merged. Its
 * network and inputs never change, its variables do: in place, by training and by {@link
 * org.nnd.model.Model#setParameter}.
 *
 * <p>Values are {@link org.nnd.ir.Literal}s in host memory or {@link org.nnd.dsl.Tensor}s; axis 0
 * of every input is the batch, of any size. Everything runs on the session's device ({@link
 * org.nnd.model.SessionDevice}) unless told otherwise, and tensors that are looked at are computed
 * there too.
 */
package org.nnd.model;
