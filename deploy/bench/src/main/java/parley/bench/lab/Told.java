package parley.bench.lab;

/// What a peer tells of its work: so many records in so many nanoseconds.
public final class Told {
    private Told() {}

    /// Records a second.
    public static double rate(String told) {
        String[] words = told.strip().split(" ", -1);
        return Long.parseLong(words[0]) / (Long.parseLong(words[1]) / 1e9);
    }
}
