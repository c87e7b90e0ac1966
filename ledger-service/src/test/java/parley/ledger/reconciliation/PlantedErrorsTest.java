package parley.ledger.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.contract.Category;
import parley.contract.Claimant;
import parley.contract.CountStatus;
import parley.contract.EdtfDate;
import parley.contract.Qualifier;
import parley.contract.Quantity;
import parley.ledger.fold.Figure;
import parley.ledger.reconciliation.Explanation.Kind;
import parley.ledger.reconciliation.Scope.What;

/// Errors put into the real data on purpose, and how often they are found.
class PlantedErrorsTest {
    private static final int PLANTS = 500;
    private static final int PEOPLE_MIN = 10;
    private static final List<Category> PEOPLE =
            List.of(Category.PRISONER_OF_WAR, Category.CIVILIAN, Category.UNSPECIFIED);

    private final RealData data = RealData.read();

    @Test
    void everyForgottenExchangeIsPinnedBetweenTheTwoTotalsAroundIt() {
        Map<String, Finding> whole = data.findings();
        var exchanges =
                data.lines().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Line::exchange, Collectors.summingInt(Line::best)));
        int removed = 0;
        var bracketed = new HashSet<String>();
        var pinned = new HashSet<String>();
        for (var exchange : exchanges.entrySet()) {
            if (exchange.getValue() < PEOPLE_MIN) {
                continue;
            }
            removed++;
            String name = exchange.getKey();
            RealData without =
                    data.with(
                            data.lines().stream()
                                    .filter(it -> !it.exchange().equals(name))
                                    .toList());
            for (Finding now : without.findings().values()) {
                Finding before = Objects.requireNonNull(whole.get(now.claimed().claim()));
                if (before.base() == null || now.base() == null || before.gap() == null) {
                    continue;
                }
                boolean isBracketing = now.claimed().isExact() && missing(name, before) > 0;
                if (isBracketing) {
                    bracketed.add(name);
                }
                // Of two rivals of one day, now the other one may fit.
                if (claim(now.base()).equals(claim(before.base()))) {
                    assertThat(now.jump() - before.jump())
                            .as("%s, %s", name, now.claimed().claim())
                            .isEqualTo(missing(name, now));
                    if (isBracketing) {
                        pinned.add(name);
                    }
                }
            }
        }
        System.out.printf(
                "%d exchanges removed, %d of them between two exact totals: %d pinned there,"
                        + " none elsewhere%n",
                removed, bracketed.size(), pinned.size());
        assertThat(removed).isGreaterThan(90);
        assertThat(pinned).isEqualTo(bracketed);
    }

    private static String claim(Finding.Base base) {
        return base.claimed().claim();
    }

    /// What an exchange had between a total and the one before it.
    private long missing(String exchange, Finding finding) {
        LocalDate base = Objects.requireNonNull(finding.base()).claimed().until();
        Scope scope = finding.claimed().scope();
        return data.lines().stream()
                .filter(it -> it.exchange().equals(exchange))
                .filter(it -> scope.kind().includes(it.what()))
                .filter(it -> it.day().isAfter(base) && !it.day().isAfter(scope.until()))
                .mapToLong(Line::best)
                .sum();
    }

    @Test
    void fiveHundredPlantsAreExplainedByTheRightKind() {
        long seed = Long.getLong("parley.seed", System.nanoTime());
        System.out.println("Seed " + seed);
        var random = new Random(seed);
        var table = new ArrayList<String>();
        var hits = new Hits();
        for (Plant plant : Plant.values()) {
            var ofOne = new Hits();
            while (ofOne.planted < PLANTS / Plant.values().length) {
                Planted planted = plant(plant, random);
                if (planted != null) {
                    ofOne.count(planted);
                    hits.count(planted);
                }
            }
            table.add("| %s | %s".formatted(plant.words, ofOne));
        }
        table.addFirst(Hits.HEAD);
        table.add("| all | %s".formatted(hits));
        System.out.println(String.join(System.lineSeparator(), table));
        assertThat(hits.first).isGreaterThanOrEqualTo(PLANTS * 9 / 10);
        assertThat(hits.first + hits.later).isGreaterThanOrEqualTo(PLANTS * 95 / 100);
    }

    private enum Plant {
        TYPING_ERROR("a digit mistyped, or two swapped"),
        DOUBLED_IN_THE_LEDGER("an exchange twice in the ledger"),
        DOUBLED_IN_THE_CLAIM("an exchange twice in the total"),
        TURNED_IN_THE_LEDGER("an exchange the wrong way in the ledger"),
        DIRECTIONS_TAKEN_FOR_EACH_OTHER("the other direction in a total"),
        DIRECTIONS_ADDED_UP("both directions in a total"),
        LEFT_OUT("an exchange left out of a total"),
        STALE("a total of an earlier day"),
        OTHER_PERIOD("a total since another month"),
        ONE_CLAIMANT("a total by one claimant's figure");

        private final String words;

        Plant(String words) {
            this.words = words;
        }
    }

    private record Planted(RealData data, Kind kind, List<String> entries) {}

    private static final class Hits {
        static final String HEAD =
                """
                | planted | times | right kind first | among five | wrong kind first | nothing | \
                names the entries |
                |---|---|---|---|---|---|---|""";

        private int planted;
        private int first;
        private int later;
        private int wrong;
        private int nothing;
        private int named;

        void count(Planted plant) {
            List<Explanation> offered = plant.data.explanations("last");
            planted++;
            int place =
                    IntStream.range(0, offered.size())
                            .filter(it -> offered.get(it).kind() == plant.kind)
                            .findFirst()
                            .orElse(-1);
            first += place == 0 ? 1 : 0;
            later += place > 0 ? 1 : 0;
            wrong += place != 0 && !offered.isEmpty() ? 1 : 0;
            nothing += offered.isEmpty() ? 1 : 0;
            named += place >= 0 && offered.get(place).entries().containsAll(plant.entries) ? 1 : 0;
        }

        @Override
        public String toString() {
            return "%d | %d | %d | %d | %d | %d |"
                    .formatted(planted, first, first + later, wrong, nothing, named);
        }
    }

    /// An agreeing total up to a random day, and one some handovers later with the error in it.
    private @Nullable Planted plant(Plant plant, Random random) {
        boolean isForth = random.nextBoolean();
        var scope = isForth ? scope("RU", "UA") : scope("UA", "RU");
        List<Line> of =
                data.lines().stream().filter(it -> scope.kind().includes(it.what())).toList();
        int from = random.nextInt(of.size() - 12);
        LocalDate base = of.get(from).day();
        LocalDate until = of.get(from + 4 + random.nextInt(8)).day();
        List<Line> window =
                of.stream()
                        .filter(it -> it.day().isAfter(base) && !it.day().isAfter(until))
                        .filter(it -> it.best() >= PEOPLE_MIN)
                        .toList();
        if (window.isEmpty()) {
            return null;
        }
        Line one = window.get(random.nextInt(window.size()));
        int right = sum(of, until);
        Claimed first = claimed("first", scope, base, sum(of, base));
        return switch (plant) {
            case TYPING_ERROR -> {
                int typed = mistyped(right, random);
                yield new Planted(
                        said(first, claimed("last", scope, until, typed)),
                        Kind.TYPING_ERROR,
                        List.of());
            }
            case DOUBLED_IN_THE_LEDGER -> {
                var lines = new ArrayList<>(data.lines());
                Line again =
                        new Line(
                                one.entry() + "-again",
                                one.exchange() + "-again",
                                one.day(),
                                one.what(),
                                one.figure(),
                                one.readings());
                lines.add(again);
                yield new Planted(
                        said(first, claimed("last", scope, until, right)).with(lines),
                        Kind.COUNTED_ONCE,
                        List.of(one.entry(), again.entry()));
            }
            case DOUBLED_IN_THE_CLAIM ->
                    new Planted(
                            said(first, claimed("last", scope, until, right + one.best())),
                            Kind.ADDED_IN,
                            List.of(one.entry()));
            case TURNED_IN_THE_LEDGER -> {
                var lines = new ArrayList<>(data.lines());
                lines.remove(one);
                What what = one.what();
                lines.add(
                        new Line(
                                one.entry(),
                                one.exchange(),
                                one.day(),
                                new What(what.to(), what.from(), what.category(), what.agreement()),
                                one.figure(),
                                one.readings()));
                yield new Planted(
                        said(first, claimed("last", scope, until, right)).with(lines),
                        Kind.ADDED_IN,
                        List.of(one.entry()));
            }
            case DIRECTIONS_TAKEN_FOR_EACH_OTHER -> {
                int back = back(isForth, until);
                yield back == right
                        ? null
                        : new Planted(
                                said(claimed("last", scope, until, back)),
                                Kind.BOTH_DIRECTIONS,
                                List.of());
            }
            case DIRECTIONS_ADDED_UP -> {
                int back = back(isForth, until);
                yield back == 0
                        ? null
                        : new Planted(
                                said(claimed("last", scope, until, right + back)),
                                Kind.BOTH_DIRECTIONS,
                                List.of());
            }
            case LEFT_OUT ->
                    // Of the last day, it is a total of an earlier day as well.
                    one.day().equals(window.getLast().day())
                            ? null
                            : new Planted(
                                    said(first, claimed("last", scope, until, right - one.best())),
                                    Kind.LEFT_OUT,
                                    List.of(one.entry()));
            case STALE -> {
                int then = sum(of, one.day().minusDays(1));
                yield then == right
                        ? null
                        : new Planted(
                                said(first, claimed("last", scope, until, then)),
                                Kind.STALE,
                                List.of());
            }
            case OTHER_PERIOD -> {
                LocalDate since = one.day().withDayOfMonth(1);
                int then = right - sum(of, since.minusDays(1));
                yield then == right
                        ? null
                        : new Planted(
                                said(claimed("last", scope, until, then)),
                                Kind.OTHER_PERIOD,
                                List.of());
            }
            case ONE_CLAIMANT -> {
                int more = 1 + random.nextInt(9);
                var lines = new ArrayList<>(data.lines());
                lines.remove(one);
                Figure figure = one.figure();
                lines.add(
                        new Line(
                                one.entry(),
                                one.exchange(),
                                one.day(),
                                one.what(),
                                new Figure(
                                        figure.best(),
                                        figure.low(),
                                        Math.max(figure.high(), figure.best() + more),
                                        figure.disputed(),
                                        figure.unstated()),
                                Map.of("Somebody else", one.best() + more)));
                yield new Planted(
                        said(first, claimed("last", scope, until, right + more)).with(lines),
                        Kind.ONE_CLAIMANT,
                        List.of(one.entry()));
            }
        };
    }

    /// What went the other way by that day.
    private int back(boolean isForth, LocalDate until) {
        Scope back = isForth ? scope("UA", "RU") : scope("RU", "UA");
        return data.lines().stream()
                .filter(it -> back.kind().includes(it.what()))
                .filter(it -> !it.day().isAfter(until))
                .mapToInt(Line::best)
                .sum();
    }

    private RealData said(Claimed... totals) {
        return data.saying(List.of(totals));
    }

    private static Scope scope(String from, String to) {
        return new Scope(from, to, PEOPLE, null, LocalDate.MAX, null);
    }

    private static Claimed claimed(String claim, Scope scope, LocalDate until, int count) {
        return new Claimed(
                claim,
                new Claimant("Somebody", null, null),
                EdtfDate.parse(until.toString()),
                new Scope(scope.from(), scope.to(), scope.categories(), null, until, null),
                new Quantity(count, CountStatus.STATED, Qualifier.EXACT, null, null));
    }

    private static int sum(List<Line> lines, LocalDate until) {
        return lines.stream().filter(it -> !it.day().isAfter(until)).mapToInt(Line::best).sum();
    }

    /// With one digit otherwise, or two swapped.
    private static int mistyped(int right, Random random) {
        while (true) {
            var digits = new StringBuilder(Integer.toString(right));
            int place = random.nextInt(digits.length());
            if (random.nextBoolean()) {
                int other = random.nextInt(digits.length());
                char held = digits.charAt(place);
                digits.setCharAt(place, digits.charAt(other));
                digits.setCharAt(other, held);
            } else {
                digits.setCharAt(place, (char) ('0' + random.nextInt(10)));
            }
            int typed = Integer.parseInt(digits.toString());
            if (typed != right && digits.charAt(0) != '0') {
                return typed;
            }
        }
    }
}
