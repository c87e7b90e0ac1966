package parley.bench.peer;

/// Counts what is done from the first step to the last. The first step only starts the clock, as
/// the first commit does where others are measured from commit to commit.
final class Clock {
    private long first;
    private long last;
    private long counted;
    private boolean isRunning;

    void count(long records) {
        if (records == 0) {
            return;
        }
        last = System.nanoTime();
        if (isRunning) {
            counted += records;
        } else {
            first = last;
            isRunning = true;
        }
    }

    /// As `Told` reads it.
    String told() {
        return counted + " " + (last - first);
    }
}
