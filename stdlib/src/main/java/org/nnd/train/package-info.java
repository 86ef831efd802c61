/**
 * Training and evaluation of models. {@link org.nnd.train.Training#train} describes a run by
 * immutable options; {@code run()} compiles one graph of forward pass, loss, gradients, update and
 * running statistics, and runs it for every batch, with everything it changes updated in place on
 * the device.
 *
 * <ul>
 *   <li>A loss is a mean over the examples of a batch; metrics are sums over examples, divided by
 *       their number at the end of an epoch.
 *   <li>A <em>step</em> is one update of the parameters. The learning rate of a step is the
 *       optimiser's times the schedule's factor; what depends on the step's number alone is
 *       computed in double precision on the host and given to the graph as scalars.
 *   <li>State of the optimiser is held in variables {@code optimizer.NAME.PATH} beside the model's
 *       during a run, accumulated metrics in {@code train.NAME}.
 *   <li>A loss that is not finite changes nothing: the step is dropped on the device, together with
 *       all that were submitted after it, and training stops with an error that names the layer.
 *   <li>Runs are determined by their seed: order of examples, random layers and initial values, on
 *       the same device with the same schedules to the last bit, interrupted and resumed or not.
 * </ul>
 */
package org.nnd.train;
