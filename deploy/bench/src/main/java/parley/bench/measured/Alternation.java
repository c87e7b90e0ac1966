package parley.bench.measured;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Has contenders do the same work in turn, A B C A B C …, so that whatever else the machine does
/// meets them alike.
public final class Alternation {
    private final int pairs;
    private final Consumer<String> console;
    private final List<Work> done = new ArrayList<>();

    /// @param pairs how often each contender runs
    /// @param console is told of each run
    public Alternation(int pairs, Consumer<String> console) {
        if (pairs < 1) {
            throw new IllegalArgumentException("%d pairs measure nothing".formatted(pairs));
        }
        this.pairs = pairs;
        this.console = console;
    }

    /// Runs them all; what fails ends the whole, since half a comparison says nothing.
    ///
    /// @param comparison which comparison it is part of
    /// @param work what is done, in words
    /// @param contenders ours first
    public void run(String comparison, String work, List<Contender> contenders) throws Exception {
        var rounds = new ArrayList<Map<String, Measured>>();
        for (int pair = 1; pair <= pairs; pair++) {
            var round = new HashMap<String, Measured>();
            for (Contender contender : contenders) {
                Measured measured = contender.run().call();
                round.put(contender.name(), measured);
                console.accept(
                        "%s, %s, %d of %d: %s: %s"
                                .formatted(
                                        comparison,
                                        work,
                                        pair,
                                        pairs,
                                        contender.name(),
                                        words(measured)));
            }
            rounds.add(round);
        }
        done.add(
                new Work(
                        comparison,
                        work,
                        contenders.stream().map(Contender::name).toList(),
                        rounds));
    }

    /// All that was measured so far.
    public List<Work> done() {
        return List.copyOf(done);
    }

    private static String words(Measured measured) {
        return measured.values().entrySet().stream()
                .map(
                        entry ->
                                String.format(
                                        Locale.ROOT,
                                        "%s %.4g %s",
                                        entry.getKey().name(),
                                        entry.getValue(),
                                        entry.getKey().unit()))
                .collect(Collectors.joining(", "));
    }
}
