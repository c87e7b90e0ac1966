package parley.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A log as long as one likes, the same for each seed: a conflict, then 70 % reports of two
/// transfers, 10 % corrections, 2 % retractions and 18 % claims. What is corrected, retracted or
/// claimed about is drawn by Zipf's law from what was reported before.
///
/// Each line is a CloudEvent as `POST /v1/events` takes it.
public final class GeneratedLog {
    /// The conflict that all of it is about.
    public static final String CONFLICT = "generated";

    private static final String[] CATEGORIES = {
        "prisoner-of-war", "civilian", "child", "remains", "unspecified"
    };
    private static final LocalDate FIRST_DAY = LocalDate.of(2022, 3, 1);
    private static final int DAYS = 1400;
    private static final int CLAIMANTS = 40;

    private final Random random;
    private int exchanges;
    private int claims;

    private GeneratedLog(long seed) {
        this.random = new Random(seed);
    }

    /// The definition of the conflict and so many events.
    public static Stream<String> lines(long seed, int events) {
        var log = new GeneratedLog(seed);
        return Stream.concat(
                Stream.of(definition()), IntStream.range(0, events).mapToObj(log::line));
    }

    /// The same, and so many running totals that are claimed, evenly among them.
    public static Stream<String> lines(long seed, int events, int totals) {
        var log = new GeneratedLog(seed);
        var claimed = new Random(seed);
        return Stream.concat(
                Stream.of(definition()),
                IntStream.range(0, events)
                        .boxed()
                        .flatMap(
                                number -> {
                                    int said = (int) ((long) number * totals / events);
                                    int saying = (int) ((number + 1L) * totals / events);
                                    return Stream.concat(
                                            Stream.of(log.line(number)),
                                            IntStream.range(said, saying)
                                                    .mapToObj(it -> total(it, claimed)));
                                }));
    }

    /// Of one direction, since the beginning or a month's first, up to some day.
    private static String total(int number, Random random) {
        boolean isForth = random.nextBoolean();
        LocalDate until = FIRST_DAY.plusDays(1 + random.nextInt(DAYS));
        LocalDate since = until.minusMonths(1 + random.nextInt(12)).withDayOfMonth(1);
        String from = random.nextInt(4) == 0 ? "\"since\":\"" + since + "\"," : "";
        String category = CATEGORIES[random.nextInt(CATEGORIES.length)];
        return event(
                "t-" + number,
                "claim.made",
                "total-" + number,
                """
                {"conflict":"%s","statedOn":"%s","claimant":{"name":"Claimant %d","party":"UA"},\
                "about":{},"assertion":{"kind":"total",%s"from":"%s","to":"%s",\
                "categories":["%s"],"count":%d},\
                "sources":[{"title":"generated","publisher":"generated",\
                "url":"https://example.org/g"}]}"""
                        .formatted(
                                CONFLICT,
                                until,
                                random.nextInt(CLAIMANTS),
                                from,
                                isForth ? "RU" : "UA",
                                isForth ? "UA" : "RU",
                                category,
                                random.nextInt(1_000_000)));
    }

    /// Writes them into a file, one a line.
    public static Path write(Path file, long seed, int events) {
        return write(file, lines(seed, events));
    }

    /// Writes them, and so many running totals, into a file.
    public static Path write(Path file, long seed, int events, int totals) {
        return write(file, lines(seed, events, totals));
    }

    private static Path write(Path file, Stream<String> written) {
        try (var out = Files.newBufferedWriter(file);
                var lines = written) {
            Consumer<String> append =
                    line -> {
                        try {
                            out.write(line);
                            out.newLine();
                        } catch (IOException failure) {
                            throw new UncheckedIOException(failure);
                        }
                    };
            lines.forEachOrdered(append);
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Writes a file for whoever measures: `FILE SEED EVENTS`.
    public static void main(String... arguments) {
        write(Path.of(arguments[0]), Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]));
    }

    private static String definition() {
        return event(
                "definition",
                "conflict.defined",
                CONFLICT,
                """
                {"name":"Generated","since":"2022-02-24",\
                "parties":[{"party":"UA","name":"Ukraine","role":"side"},\
                {"party":"RU","name":"Russia","role":"side"},\
                {"party":"TR","name":"Türkiye","role":"third"}]}""");
    }

    private String line(int number) {
        String id = "g-" + number;
        int kind = exchanges == 0 ? 0 : random.nextInt(100);
        if (kind < 70) {
            return event(id, "exchange.reported", "x-" + exchanges++, exchange());
        }
        String exchange = "x-" + drawn();
        if (kind < 80) {
            return event(
                    id,
                    "exchange.corrected",
                    exchange,
                    "{\"reason\":\"recounted\",\"exchange\":" + exchange() + "}");
        }
        if (kind < 82) {
            return event(id, "exchange.retracted", exchange, "{\"reason\":\"did not happen\"}");
        }
        return event(id, "claim.made", "c-" + claims++, claim(exchange));
    }

    /// Log-uniform: the first is drawn as often as the next two, those as often as the next four.
    private int drawn() {
        return (int) Math.pow(exchanges, random.nextDouble()) - 1;
    }

    private String exchange() {
        String category = CATEGORIES[random.nextInt(CATEGORIES.length)];
        return """
        {"conflict":"%s","occurredOn":"%s","transfers":[\
        {"from":"RU","to":"UA","category":"%s","count":%d,"statedBy":["UA"]},\
        {"from":"UA","to":"RU","category":"%s","count":%d}],\
        "sources":[{"title":"generated","publisher":"generated","url":"https://example.org/g"}]}"""
                .formatted(CONFLICT, day(), category, count(), category, count());
    }

    private String claim(String exchange) {
        String category = CATEGORIES[random.nextInt(CATEGORIES.length)];
        String assertion =
                switch (random.nextInt(10)) {
                    case 0 -> "{\"kind\":\"denial\"}";
                    case 1 ->
                            "{\"kind\":\"misidentified\",\"from\":\"RU\",\"to\":\"UA\","
                                    + "\"category\":\"%s\",\"count\":%d}"
                                            .formatted(category, count());
                    default ->
                            "{\"kind\":\"count\",\"from\":\"RU\",\"to\":\"UA\","
                                    + "\"category\":\"%s\",\"count\":%d}"
                                            .formatted(category, count());
                };
        return """
        {"conflict":"%s","statedOn":"%s","claimant":{"name":"Claimant %d","party":"UA"},\
        "about":{"exchange":"%s"},"assertion":%s,\
        "sources":[{"title":"generated","publisher":"generated","url":"https://example.org/g"}]}"""
                .formatted(CONFLICT, day(), random.nextInt(CLAIMANTS), exchange, assertion);
    }

    private LocalDate day() {
        return FIRST_DAY.plusDays(random.nextInt(DAYS));
    }

    private int count() {
        return random.nextInt(500);
    }

    private static String event(String id, String type, String subject, String data) {
        return """
        {"specversion":"1.0","id":"%s","type":"%s","subject":"%s","data":%s}"""
                .formatted(id, type, subject, data);
    }
}
