package org.nnd.session;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.nnd.draw.ProgressPicture;
import org.nnd.train.Progress;

/** The progress of one training as one picture, which is shown in place of the one before. */
public final class LiveTraining implements Progress {
  private static final long BETWEEN = 500_000_000;

  /** Twice as many points as a curve has pixels. */
  private static final int MOST_POINTS = 1200;

  private final String id = "training-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<Report> seen = new ArrayList<>();
  private final List<Report> epochs = new ArrayList<>();
  private boolean shown;
  private long last;

  @Override
  public void step(Report report) {
    if (seen.size() == MOST_POINTS) {
      for (int i = 0; i < MOST_POINTS / 2; i++) {
        seen.remove(i); // every second one
      }
    }
    seen.add(report);
    show(false);
  }

  @Override
  public void epoch(Report report) {
    epochs.add(report);
    show(false);
  }

  @Override
  public void end() {
    show(true);
  }

  private void show(boolean ended) {
    long now = System.nanoTime();
    if (ended ? seen.isEmpty() && epochs.isEmpty() : shown && now - last < BETWEEN) {
      return;
    }
    last = now;
    Screen screen = CurrentScreen.get();
    var picture = ProgressPicture.of(seen, epochs, ended);
    if (shown) {
      screen.update(id, picture);
    } else {
      screen.show(id, picture);
      shown = true;
    }
  }
}
