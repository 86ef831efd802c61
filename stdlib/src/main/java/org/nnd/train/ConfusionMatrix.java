package org.nnd.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnd.data.Batch;
import org.nnd.data.Batches;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.data.Kind;
import org.nnd.dsl.Mode;
import org.nnd.format.TextTable;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.model.Model;

/**
 * How often examples of a class were taken for each class.
 *
 * @param labels the names of the classes
 * @param counts by true class, then by the class with the largest logit
 */
public record ConfusionMatrix(List<String> labels, List<List<Long>> counts) {
  private static final int ROWS = 256;

  public ConfusionMatrix {
    labels = List.copyOf(labels);
    counts = counts.stream().map(List::copyOf).toList();
    int classes = labels.size();
    if (counts.size() != classes || counts.stream().anyMatch(row -> row.size() != classes)) {
      throw new NndException(
          "a confusion matrix of %d classes has as many rows and columns, got %s"
              .formatted(classes, counts.stream().map(List::size).toList()));
    }
  }

  /**
   * {@return the confusions of a model on a data set} Of several outputs the last one counts, the
   * widest of a Matryoshka head.
   *
   * @throws NndException if the target is no class, or the model gives no logits
   */
  public static ConfusionMatrix of(Model model, DataSet data) {
    Field target = data.target();
    if (target.kind() == Kind.F32 || target.shape().length > 0) {
      throw new NndException(
          "confusion: the target '%s' is %s%s, not the number of a class"
              .formatted(target.name(), target.kind(), Arrays.toString(target.shape())));
    }
    Map<String, Node> outputs = model.lowered(Mode.INFERENCE).graph().outputs();
    String output = List.copyOf(outputs.keySet()).get(outputs.size() - 1);
    Node logits = outputs.get(output);
    if (logits.rank() != 2 || !logits.shape().dim(1).isFixed()) {
      throw new NndException(
          "confusion: the output '%s' is %s, expected logits [N, classes]"
              .formatted(output, logits.type()));
    }
    int classes = logits.shape().size(1);
    long[][] counts = new long[classes][classes];
    Feed feed = Feed.of(model, data);
    if (data.size() > 0) {
      count(model, data, feed, output, counts);
    }
    return new ConfusionMatrix(
        labels(data.labels(), classes),
        Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList());
  }

  private static void count(Model model, DataSet data, Feed feed, String output, long[][] counts) {
    int classes = counts.length;
    String target = data.target().name();
    try (Batches batches = data.loader(ROWS).inOrder().epoch(0)) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        Map<String, Literal> inputs = new LinkedHashMap<>(feed.values(batch));
        Literal right = inputs.remove(target);
        Literal scores = model.predict(inputs).get(output);
        for (int i = 0; i < batch.size(); i++) {
          double of = right.get(i);
          if (!(of >= 0 && of < classes)) {
            throw new NndException(
                "confusion: the target has class %.0f, the model tells %d apart"
                    .formatted(of, classes));
          }
          counts[(int) of][largest(scores, i * classes, classes)]++;
        }
      }
    }
  }

  private static int largest(Literal scores, int start, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = scores.get(start + i) > scores.get(start + best) ? i : best;
    }
    return best;
  }

  private static List<String> labels(List<String> known, int classes) {
    return IntStream.range(0, classes)
        .mapToObj(i -> i < known.size() ? known.get(i) : String.valueOf(i))
        .toList();
  }

  /** {@return how often examples of a class were taken for another, or for itself} */
  public long count(int trueClass, int predicted) {
    return counts.get(trueClass).get(predicted);
  }

  /** {@return how many examples were counted} */
  public long examples() {
    return counts.stream().flatMap(List::stream).mapToLong(n -> n).sum();
  }

  /** {@return the share that was classified right; NaN without examples} */
  public double accuracy() {
    double right = IntStream.range(0, labels.size()).mapToLong(i -> count(i, i)).sum();
    return right / examples();
  }

  /** {@return the share of a class's examples that was recognised; NaN where it has none} */
  public double recall(int trueClass) {
    double all = counts.get(trueClass).stream().mapToLong(n -> n).sum();
    return count(trueClass, trueClass) / all;
  }

  /** {@return the share of what was taken for a class that is of it; NaN where nothing was} */
  public double precision(int predicted) {
    double all = counts.stream().mapToLong(row -> row.get(predicted)).sum();
    return count(predicted, predicted) / all;
  }

  /** A table: true classes in rows, predicted ones in columns. */
  @Override
  public String toString() {
    List<TextTable.Column> columns = new ArrayList<>();
    columns.add(TextTable.Column.text("true \\ predicted"));
    labels.forEach(label -> columns.add(TextTable.Column.number(label)));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      List<String> row = new ArrayList<>(List.of(labels.get(i)));
      counts.get(i).forEach(n -> row.add(n == 0 ? "." : String.valueOf(n)));
      rows.add(row);
    }
    return TextTable.text(columns, rows)
        + "accuracy %s of %,d".formatted(Score.shown(accuracy(), true), examples());
  }
}
