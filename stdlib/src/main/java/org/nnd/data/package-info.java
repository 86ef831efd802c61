/**
 * Examples to learn from. A {@link org.nnd.data.DataSet} is a list of named columns read by row
 * number: each {@link org.nnd.data.Field} has a kind, the shape of one example and a role (input or
 * target); a {@link org.nnd.data.Batch} holds some rows, contiguous, with the number of rows as the
 * leading dimension. Pictures are f32 {@code [C, H, W]}, classes are i32 scalars whose names the
 * field keeps.
 *
 * <p>Data sets never change and are safe to read from several threads. Whatever is random is
 * addressed by (seed, epoch, row): neither the order of reading nor the number of threads shows in
 * what is read, and a run can go on at any batch. What is wrong with the data is reported as {@link
 * org.nnd.ir.NndException} with the file and the row.
 */
package org.nnd.data;
