package parley.ledger.entries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import parley.ledger.views.Moment;
import parley.ledger.views.Query;
import parley.stack.Postgres;
import parley.stack.TestServers;

/// What a page of entries costs PostgreSQL: which plan it has, how many rows it looks at, and how
/// long it computes, whoever else does on this machine. `-Dparley.entries=1000000` asks it of as
/// many.
class EntryPagesIT {
    private static final int ENTRIES = Integer.getInteger("parley.entries", 20_000);
    private static final double MILLIS_MAX = 20;

    /// What is one line of a hundred is looked for among all, until a page is full.
    private static final int ROWS_MAX = Math.max(5_000, ENTRIES / 50);

    private static final int LIMIT = 101;
    private static final int LIMIT_MAX = 1_001;
    private static final int TIMES = 5;

    private static final Pattern STEPS = Pattern.compile(";\\s*");

    /// Of ten lines one is of one day, the others of four years; some parties and categories are in
    /// one of a hundred, some in one of ten thousand; one of twenty is corrected and so ended.
    private static final String FILL =
            """
            create table line as
            select number, 'x' || md5(number::text) as exchange,
                   abs(hashtext('party' || number)) as party,
                   abs(hashtext('kind' || number)) as kind, abs(hashtext('day' || number)) as day,
                   timestamptz '2025-01-01Z' + number * interval '1 second' as at
            from generate_series(1, ENTRIES) as number;
            insert into entry
            select exchange,
                   case when party % 10000 = 0 then 'TR' when party % 100 = 1 then 'BY'
                        when party % 2 = 0 then 'UA' else 'RU' end,
                   case when party % 10000 = 7 then 'QA' when party % 100 = 3 then 'AE'
                        when party % 2 = 0 then 'RU' else 'UA' end,
                   case when kind % 5000 = 0 then 2 when kind % 100 = 1 then 4
                        when kind % 10 < 7 then 0 when kind % 10 < 9 then 3 else 1 end,
                   at, case when kind % 20 = 3 then at + interval '60 days' end, 'ru-ua',
                   case when day % 10 = 0 then date '2025-07-17'
                        else date '2022-02-24' + day / 10 % 1400 end,
                   case when party % 50 = 9 then 'deal' || party % 7 end,
                   0, number, 0, 1, 1, 1, 0, 0
            from line;
            insert into event (topic, partition, "offset", recorded_at, id, source, type, subject,
                               legible, outcome, outcome_from, value)
            select 1, 0, number, at, 'e' || number, '/publishers/p', 'exchange.reported',
                   exchange, true, 'applied', at, convert_to(repeat('x', 400), 'UTF8')
            from line;
            vacuum analyze entry;
            vacuum analyze event;
            set plan_cache_mode = force_custom_plan;
            """;

    private static Postgres postgres;
    private static Connection books;

    private final ObjectMapper json = new ObjectMapper();

    @BeforeAll
    static void fill() throws SQLException, IOException {
        postgres = TestServers.postgres();
        var database = postgres.freshDatabase();
        books =
                DriverManager.getConnection(
                        database.jdbcUrl(), database.user(), database.password());
        try (var script = EntryPagesIT.class.getResourceAsStream("/db/books.sql");
                var statement = books.createStatement()) {
            byte[] tables = Objects.requireNonNull(script).readAllBytes();
            statement.execute(new String(tables, StandardCharsets.UTF_8));
            for (String step : STEPS.split(FILL.replace("ENTRIES", String.valueOf(ENTRIES)), -1)) {
                statement.execute(step);
            }
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        books.close();
        postgres.close();
    }

    static Stream<EntryFilter> filters() {
        return Stream.of(
                filter(null, null, null),
                filter("UA", null, null),
                filter("UA", "received", null),
                filter("RU", "handedOver", "remains"),
                filter("AE", "received", null),
                filter("BY", null, null),
                filter("TR", null, null),
                filter("QA", "received", null),
                filter("TR", "received", null), // Of which there is none.
                filter(null, null, "prisoner-of-war"),
                filter(null, null, "unspecified"),
                filter(null, null, "child"),
                filter("UA", "received", "child"),
                exchange("x28dd2c7955ce926456240b2ff0100bde"),
                agreement("deal3"),
                days("2025-06-01", "2025-06-16"),
                days("2025-07-17", "2025-07-17"),
                days(null, "2022-03-01"));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aPageCostsTheSameWhereverInTheListItIs(EntryFilter filter) throws SQLException {
        for (Moment moment :
                List.of(Moment.of(null, null), Moment.of("2025-08-01", "2025-01-10T00:00:00Z"))) {
            for (List<String> after :
                    List.of(
                            List.<String>of(),
                            List.of("2025-07-17", "x8", "RU", "UA", "0"),
                            List.of("2024-03-01", "x8", "RU", "UA", "0"),
                            List.of("2022-02-26", "x8", "RU", "UA", "0"))) {
                mustBeCheap(filter, moment, after.isEmpty() ? null : after, LIMIT);
            }
        }
    }

    @Test
    void everyPageUpToTheLastOneIsAsCheapAsTheFirst() throws SQLException {
        var all = filter(null, null, null);
        var now = Moment.of(null, null);
        List<String> after = null;
        int entries = 0;
        double slowest = 0;
        do {
            slowest = Math.max(slowest, mustBeCheap(all, now, after, LIMIT_MAX));
            List<List<String>> page = keys(Entries.page("ru-ua", all, now, after, LIMIT_MAX));
            entries += Math.min(page.size(), LIMIT_MAX - 1);
            after = page.size() < LIMIT_MAX ? null : page.get(LIMIT_MAX - 2);
        } while (after != null);

        assertThat(entries).isEqualTo(count("select count(*) from entry where known_to is null"));
        System.out.printf(
                "%,d entries, a thousand a page: the slowest page cost %.1f ms of computing%n",
                entries, slowest);
    }

    /// Returns how many milliseconds it took PostgreSQL.
    private double mustBeCheap(
            EntryFilter filter, Moment moment, @Nullable List<String> after, int limit)
            throws SQLException {
        Query query = Entries.page("ru-ua", filter, moment, after, limit);
        JsonNode plan = explained(query);
        double millis = Double.MAX_VALUE;
        for (int time = 0; millis > MILLIS_MAX && time < TIMES; time++) {
            long begun = computed();
            explained(query);
            millis = Math.min(millis, (computed() - begun) / 1e6);
        }
        assertThat(plan.findValuesAsText("Node Type"))
                .as("%s%n%s", query.sql(), plan)
                .doesNotContain("Seq Scan");
        assertThat(read(plan))
                .as("rows read for a page%n%s%n%s", query.sql(), plan)
                .isLessThanOrEqualTo(ROWS_MAX);
        assertThat(millis).as("ms%n%s%n%s", query.sql(), plan).isLessThan(MILLIS_MAX);
        return millis;
    }

    private JsonNode explained(Query query) throws SQLException {
        String sql = "explain (analyze, timing off, format json) " + query.sql();
        try (var select = prepared(sql, query.parameters());
                var row = select.executeQuery()) {
            row.next();
            return json.readTree(row.getString(1)).get(0);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// For how many nanoseconds PostgreSQL's process behind this connection has computed.
    private static long computed() throws SQLException {
        try {
            int process = books.unwrap(PGConnection.class).getBackendPID();
            String times = Files.readString(Path.of("/proc", String.valueOf(process), "schedstat"));
            return Long.parseLong(times.substring(0, times.indexOf(' ')));
        } catch (IOException elsewhere) {
            return System.nanoTime();
        }
    }

    /// How many rows were looked at, whether or not they were wanted.
    private static long read(JsonNode plan) {
        return plan.findParents("Node Type").stream()
                .filter(node -> node.path("Node Type").asText().endsWith("Scan"))
                .filter(node -> node.path("Relation Name").asText().equals("entry"))
                .mapToLong(
                        node ->
                                node.path("Actual Rows").asLong()
                                        + node.path("Rows Removed by Filter").asLong())
                .max()
                .orElseThrow();
    }

    private static List<List<String>> keys(Query query) throws SQLException {
        var keys = new ArrayList<List<String>>();
        try (var select = prepared(query.sql(), query.parameters());
                var rows = select.executeQuery()) {
            while (rows.next()) {
                keys.add(key(rows));
            }
        }
        assertThat(keys)
                .isSortedAccordingTo(Comparator.comparing(List<String>::getFirst).reversed());
        return keys;
    }

    private static List<String> key(ResultSet row) throws SQLException {
        return List.of(
                row.getString("valid_on"),
                row.getString("exchange"),
                row.getString("from_party"),
                row.getString("to_party"),
                row.getString("category"));
    }

    private static int count(String sql) throws SQLException {
        try (var select = prepared(sql, List.of());
                var row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private static PreparedStatement prepared(String sql, List<@Nullable Object> parameters)
            throws SQLException {
        var select = books.prepareStatement(sql);
        for (int parameter = 0; parameter < parameters.size(); parameter++) {
            select.setObject(parameter + 1, parameters.get(parameter));
        }
        return select;
    }

    private static EntryFilter filter(
            @Nullable String party, @Nullable String direction, @Nullable String category) {
        var filter = new EntryFilter();
        filter.party = party;
        filter.direction = direction;
        filter.category = category;
        return filter;
    }

    private static EntryFilter exchange(String exchange) {
        var filter = new EntryFilter();
        filter.exchange = exchange;
        return filter;
    }

    private static EntryFilter agreement(String agreement) {
        var filter = new EntryFilter();
        filter.agreement = agreement;
        return filter;
    }

    private static EntryFilter days(@Nullable String since, String until) {
        var filter = new EntryFilter();
        filter.since = since;
        filter.until = until;
        return filter;
    }
}
