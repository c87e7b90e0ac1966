package parley.ledger.books;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import parley.contract.Authority;
import parley.contract.Envelope;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.contract.UnreadableEventException;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.LoggedEvent;

/// What a remembered case goes on from: claims that it has set aside and that are spoken of again,
/// and what others have written meanwhile.
class RememberedCaseIT extends WithBooks {
    private static final Instant START = Instant.parse("2025-07-17T12:00:00Z");
    private static final String TOTAL =
            """
            {"conflict":"war","statedOn":"2025-07-17","claimant":{"name":"Ann"},"about":{},
             "assertion":{"kind":"total","from":"RU","to":"UA","categories":["remains"],"count":%d},
             "sources":[{"title":"T","publisher":"P","url":"https://example.org"}]}""";
    private static final String DENIAL =
            """
            {"conflict":"war","statedOn":"2025-07-17","claimant":{"name":"Ann"},
             "about":{"exchange":"%s"},"assertion":{"kind":"denial"},
             "sources":[{"title":"T","publisher":"P","url":"https://example.org"}]}""";
    private static final String EXCHANGE =
            """
            {"conflict":"war","occurredOn":"2025-07-17",
             "transfers":[{"from":"RU","to":"UA","category":"remains","count":%d}],
             "sources":[{"title":"T","publisher":"P","url":"https://example.org"}]}""";

    private final List<LoggedEvent> log = new ArrayList<>();

    @Example
    void aClaimAfterWhichItsCaseIsNamedIsKnownWhenAnotherIsTiedToIt() throws Exception {
        define();
        send(EventType.CLAIM_MADE, "made", "c", TOTAL.formatted(1));
        send(EventType.CLAIM_CORRECTED, "first", "c", corrected("claim", TOTAL.formatted(2)));
        send(EventType.CLAIM_CORRECTED, "second", "c", corrected("claim", TOTAL.formatted(3)));
        send(EventType.CLAIM_MADE, "denied", "d", DENIAL.formatted("c"));
        send(EventType.CLAIM_CORRECTED, "third", "c", corrected("claim", TOTAL.formatted(4)));

        assertThat(oneByOne()).isEqualTo(atOnce());
    }

    @Example
    void aClaimUnderAnExchangesIdAndTheIdOfItsEventIsThatEventSentAgain() throws Exception {
        define();
        send(EventType.EXCHANGE_REPORTED, "said", "x", EXCHANGE.formatted(1));
        send(EventType.EXCHANGE_CORRECTED, "a", "x", corrected("exchange", EXCHANGE.formatted(2)));
        send(EventType.EXCHANGE_CORRECTED, "b", "x", corrected("exchange", EXCHANGE.formatted(3)));
        send(EventType.CLAIM_MADE, "said", "x", DENIAL.formatted("x"));

        assertThat(oneByOne()).isEqualTo(atOnce());
    }

    @Example
    void aCaseIsNotReadAgainAfterAnotherReplicaHasWrittenOtherCases() throws Exception {
        sendOfOneCase();
        send(EventType.EXCHANGE_REPORTED, "other", "y", EXCHANGE.formatted(1));
        sendOneMore();

        assertThat(lastAfterAnothers(1)).isEqualTo("applied");
    }

    @Example
    void aCaseThatAnotherReplicaHasWrittenIsReadAgain() throws Exception {
        sendOfOneCase();
        send(EventType.EXCHANGE_CORRECTED, "d", "x", corrected("exchange", EXCHANGE.formatted(9)));
        sendOneMore();

        assertThat(lastAfterAnothers(1)).isEqualTo("rejected");
    }

    @Example
    void everyCaseIsReadAgainAfterAnotherReplicaHasDefinedAConflict() throws Exception {
        sendOfOneCase();
        define("peace");
        sendOneMore();

        assertThat(lastAfterAnothers(1)).isEqualTo("rejected");
    }

    @Example
    void aConflictThatAnotherReplicaHasDefinedIsKnown() throws Exception {
        sendOfOneCase();
        define("peace");
        String ofPeace = EXCHANGE.formatted(1).replace("\"war\"", "\"peace\"");
        send(EventType.EXCHANGE_REPORTED, "c", "y", ofPeace);

        assertThat(lastAfterAnothers(1)).isEqualTo("applied");
    }

    /// Of one id, subject and source, what is later in the log's time is no other event.
    @Example
    void aConflictIsDefinedForAllAlikeWhereAnEarlierEventHasTheNameOfItsDefinition()
            throws Exception {
        send(EventType.EXCHANGE_REPORTED, "defined-war", "war", EXCHANGE.formatted(1));
        define();
        send(EventType.EXCHANGE_REPORTED, "said", "x", EXCHANGE.formatted(2));
        List<List<LogSlice>> batches = WrittenLog.of(log).oneByOne();
        Dump atOnce = atOnce();

        empty();
        var one = booksIn(source());
        one.apply(batches.get(1), _ -> {});
        one.apply(batches.get(0), _ -> {});
        booksIn(source()).apply(batches.get(2), _ -> {});

        assertThat(Dump.of(source())).isEqualTo(atOnce);
    }

    @Example
    void everyCaseIsReadAgainAfterOneWhoTellsNothingHasWritten() throws Exception {
        sendOfOneCase();
        send(EventType.EXCHANGE_REPORTED, "other", "y", EXCHANGE.formatted(1));
        sendOneMore();

        assertThat(lastAfterAnothers(1, "delete from turn where turn = (select turn from pen)"))
                .isEqualTo("rejected");
    }

    @Example
    void everyCaseIsReadAgainWhereTheDatabaseHasLostTheTurn() throws Exception {
        sendOfOneCase();
        send(EventType.EXCHANGE_REPORTED, "other", "y", EXCHANGE.formatted(1));
        sendOneMore();

        assertThat(lastAfterAnothers(1, "update turn set token = gen_random_uuid()"))
                .isEqualTo("rejected");
    }

    @Example
    void everyCaseIsReadAgainAfterAHundredTurnsOfAnother() throws Exception {
        sendOfOneCase();
        for (int number = 0; number < 100; number++) {
            send(EventType.EXCHANGE_REPORTED, "r" + number, "y" + number, EXCHANGE.formatted(1));
        }
        sendOneMore();

        assertThat(lastAfterAnothers(100)).isEqualTo("rejected");
    }

    @Example
    void booksThatWereBegunWithoutTurnsAreGivenThem() throws Exception {
        sendOfOneCase();
        List<List<LogSlice>> batches = WrittenLog.of(log).oneByOne();
        empty();
        try (var connection = source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("drop table turn");
        }

        var books = booksIn(source());
        for (List<LogSlice> batch : batches) {
            books.apply(batch, _ -> {});
        }

        assertThat(query("select count(*) from turn")).containsExactly("" + batches.size());
    }

    private void sendOfOneCase() throws UnreadableEventException {
        define();
        send(EventType.EXCHANGE_REPORTED, "said", "x", EXCHANGE.formatted(1));
        send(EventType.EXCHANGE_CORRECTED, "a", "x", corrected("exchange", EXCHANGE.formatted(2)));
        send(EventType.EXCHANGE_CORRECTED, "b", "x", corrected("exchange", EXCHANGE.formatted(3)));
    }

    private void sendOneMore() throws UnreadableEventException {
        send(EventType.EXCHANGE_CORRECTED, "c", "x", corrected("exchange", EXCHANGE.formatted(4)));
    }

    /// What becomes of the last event where one replica has written what is before the last of
    /// another, and then the books are changed: whoever reads the case `x` anew does not find it.
    private String lastAfterAnothers(int anothers, String... changes) throws SQLException {
        List<List<LogSlice>> batches = WrittenLog.of(log).oneByOne();
        int last = batches.size() - 1;
        empty();
        var one = booksIn(source());
        var another = booksIn(source());
        for (List<LogSlice> batch : batches.subList(0, last - anothers)) {
            one.apply(batch, _ -> {});
        }
        for (List<LogSlice> batch : batches.subList(last - anothers, last)) {
            another.apply(batch, _ -> {});
        }
        change("delete from event where subject = 'x'");
        for (String change : changes) {
            change(change);
        }
        one.apply(batches.get(last), _ -> {});
        return query("select outcome from event where id = 'c'").getFirst();
    }

    private Dump oneByOne() throws SQLException {
        return books(WrittenLog.of(log).oneByOne());
    }

    private Dump atOnce() throws SQLException {
        return books(List.of(WrittenLog.of(log).atOnce()));
    }

    private void define() throws UnreadableEventException {
        define("war");
    }

    private void define(String conflict) throws UnreadableEventException {
        send(
                EventType.CONFLICT_DEFINED,
                "defined-" + conflict,
                conflict,
                """
                {"name":"War","parties":[{"party":"UA","name":"UA","role":"side"},
                 {"party":"RU","name":"RU","role":"side"}]}""");
    }

    private static String corrected(String what, String statement) {
        return "{\"reason\":\"a typing error\",\"%s\":%s}".formatted(what, statement);
    }

    private void send(EventType type, String id, String subject, String json)
            throws UnreadableEventException {
        Instant at = START.plusSeconds(log.size());
        log.add(
                new LoggedEvent(
                        new Coordinates(type.topic(), 0, log.size()),
                        at,
                        new Envelope(
                                id,
                                Envelope.PUBLISHERS + "desk",
                                type,
                                subject,
                                at,
                                Authority.EDITOR),
                        EventCodec.read(type, json.getBytes(UTF_8))));
    }
}
