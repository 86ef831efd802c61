/**
 * Tables of columns as data sets, and the history of a training run as a table: the only place
 * where Tablesaw is met. What is learnt from the training table (categories, means, deviations) is
 * kept in an {@link org.nnd.data.tables.Encoding}, which gives every later table the same columns
 * and refuses what the training table did not have.
 */
package org.nnd.data.tables;
