package parley.bench.fold;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// The per-side totals. Accounts that amount to nothing are left out, so that two that say the
/// same are equal.
public record Totals(Map<Account, Figure> figures) {
    public static final Totals NOTHING = new Totals(Map.of());

    public Totals {
        figures = Map.copyOf(figures);
    }

    /// With these lines counted, too.
    public Totals plus(List<Line> lines) {
        return with(lines, Figure::plus);
    }

    /// With these lines, which were counted, no longer so.
    public Totals minus(List<Line> lines) {
        return with(lines, Figure::minus);
    }

    private Totals with(List<Line> lines, BiFunction<Figure, Figure, Figure> change) {
        var changed = new HashMap<>(figures);
        for (Line line : lines) {
            var direction = line.direction();
            var given = new Account(direction.from(), false, direction.category());
            var received = new Account(direction.to(), true, direction.category());
            for (Account account : List.of(given, received)) {
                Figure before = changed.getOrDefault(account, Figure.NONE);
                Figure after = change.apply(before, line.figure());
                if (after.equals(Figure.NONE)) {
                    changed.remove(account);
                } else {
                    changed.put(account, after);
                }
            }
        }
        return new Totals(changed);
    }

    /// Each account of which the two say different things, and what they say, ours first.
    public Map<Account, List<Figure>> differences(Totals other) {
        var accounts = new HashSet<>(figures.keySet());
        accounts.addAll(other.figures.keySet());
        var differences = new HashMap<Account, List<Figure>>();
        for (Account account : accounts) {
            Figure one = figures.getOrDefault(account, Figure.NONE);
            Figure another = other.figures.getOrDefault(account, Figure.NONE);
            if (!one.equals(another)) {
                differences.put(account, List.of(one, another));
            }
        }
        return differences;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(figures.size());
        for (var entry : figures.entrySet()) {
            entry.getKey().write(out);
            entry.getValue().write(out);
        }
    }

    static Totals read(DataInput in) throws IOException {
        var figures = new HashMap<Account, Figure>();
        for (int left = in.readInt(); left > 0; left--) {
            figures.put(Account.read(in), Figure.read(in));
        }
        return new Totals(figures);
    }
}
