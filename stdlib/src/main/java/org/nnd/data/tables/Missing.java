package org.nnd.data.tables;

/** What becomes of a missing value in a column of numbers. */
public enum Missing {
  /** An error that names the column and the row. */
  REFUSE,
  /** The mean of the column in the table that the encoding was fitted to. */
  MEAN
}
