package org.nnd.data;

/** The two halves of a data set: what is learnt from, and what is only measured on. */
public record TrainTest(DataSet train, DataSet test) {}
