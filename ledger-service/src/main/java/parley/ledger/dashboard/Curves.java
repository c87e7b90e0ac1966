package parley.ledger.dashboard;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import parley.contract.Category;
import parley.contract.Conflict;
import parley.contract.Party;
import parley.contract.Role;
import parley.ledger.fold.Figure;
import parley.ledger.totals.Tally;

/// What each side has received of one category, added up month by month, as lines to draw: on 720
/// by 300 units, each with its range as a band.
public record Curves(Category category, List<Curve> curves, List<Tick> ticks, List<Tick> years) {
    private static final int LEFT = 60;
    private static final int RIGHT = 708;
    private static final int TOP = 24;
    private static final int BOTTOM = 272;
    private static final int TICKS = 4;

    public Curves {
        curves = List.copyOf(curves);
        ticks = List.copyOf(ticks);
        years = List.copyOf(years);
    }

    /// What one side has received.
    ///
    /// @param figure the last of the line
    public record Curve(int index, Party party, Figure figure, String line, String band) {}

    /// A number beside an axis.
    ///
    /// @param at along its axis
    public record Tick(long value, long at) {}

    /// @param months by their first day; those without a transfer may be missing
    static Curves of(Conflict conflict, Category category, Map<LocalDate, Tally> months) {
        var sorted = new TreeMap<>(months);
        List<Party> sides =
                conflict.parties().stream().filter(it -> it.role() == Role.SIDE).toList();
        List<List<Figure>> figures =
                sides.stream().map(_ -> (List<Figure>) new ArrayList<Figure>()).toList();
        var firsts = new ArrayList<LocalDate>();
        Tally sum = Tally.NOTHING;
        if (!sorted.isEmpty()) {
            LocalDate last = sorted.lastKey();
            for (LocalDate month = sorted.firstKey();
                    !month.isAfter(last);
                    month = month.plusMonths(1)) {
                firsts.add(month);
                sum = sum.plus(sorted.getOrDefault(month, Tally.NOTHING));
                for (int side = 0; side < sides.size(); side++) {
                    figures.get(side).add(received(sum, sides.get(side), category));
                }
            }
        }
        return drawn(category, sides, figures, firsts);
    }

    private static Figure received(Tally sum, Party side, Category category) {
        return sum.of(List.of(side)).getFirst().totals().stream()
                .filter(it -> it.category() == category)
                .findFirst()
                .map(it -> it.received())
                .orElse(Figure.NONE);
    }

    private static Curves drawn(
            Category category,
            List<Party> sides,
            List<List<Figure>> figures,
            List<LocalDate> months) {
        long highest =
                figures.stream().flatMap(List::stream).mapToLong(Figure::high).max().orElse(0);
        long unit = unit(Math.max(1, highest));
        long top = Math.ceilDiv(Math.max(1, highest), unit) * unit;
        var curves = new ArrayList<Curve>();
        for (int side = 0; side < sides.size(); side++) {
            List<Figure> of = figures.get(side);
            Figure last = of.isEmpty() ? Figure.NONE : of.getLast();
            String high = line(of, Figure::high, top);
            String low = backwards(of, top);
            curves.add(
                    new Curve(
                            side,
                            sides.get(side),
                            last,
                            line(of, Figure::best, top),
                            of.isEmpty() ? "" : high + low + "Z"));
        }
        List<Tick> ticks =
                LongStream.rangeClosed(0, top / unit)
                        .mapToObj(it -> new Tick(it * unit, y(it * unit, top)))
                        .toList();
        var years = new ArrayList<Tick>();
        for (int month = 0; month < months.size(); month++) {
            if (month == 0 || months.get(month).getMonthValue() == 1) {
                years.add(new Tick(months.get(month).getYear(), x(month, months.size())));
            }
        }
        return new Curves(category, curves, ticks, years);
    }

    /// A round step of which the axis has four or fewer.
    private static long unit(long highest) {
        for (long power = 1; ; power *= 10) {
            for (int digit : new int[] {1, 2, 5}) {
                if (digit * power * TICKS >= highest) {
                    return digit * power;
                }
            }
        }
    }

    private static String line(List<Figure> figures, ToLongFunction<Figure> value, long top) {
        var line = new StringBuilder();
        for (int month = 0; month < figures.size(); month++) {
            line.append(month == 0 ? 'M' : 'L')
                    .append(x(month, figures.size()))
                    .append(' ')
                    .append(y(value.applyAsLong(figures.get(month)), top))
                    .append('H')
                    .append(x(month + 1, figures.size()));
        }
        return line.toString();
    }

    private static String backwards(List<Figure> figures, long top) {
        var line = new StringBuilder();
        for (int month = figures.size() - 1; month >= 0; month--) {
            line.append('L')
                    .append(x(month + 1, figures.size()))
                    .append(' ')
                    .append(y(figures.get(month).low(), top))
                    .append('H')
                    .append(x(month, figures.size()));
        }
        return line.toString();
    }

    private static long x(int month, int months) {
        return LEFT + (long) (RIGHT - LEFT) * month / months;
    }

    private static long y(long value, long top) {
        return BOTTOM - (BOTTOM - TOP) * value / top;
    }

    /// The category of that name, if there is one.
    static Optional<Category> category(String wire) {
        return Arrays.stream(Category.values()).filter(it -> it.wire().equals(wire)).findFirst();
    }
}
