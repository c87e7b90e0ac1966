package parley.ledger.books;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.contract.Authority;
import parley.contract.Envelope;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.contract.Topic;
import parley.ledger.door.LogAndBooks;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.LoggedEvent;

/// What a replica keeps of a conflict in memory does not outlive an event that another partition
/// brings late.
@QuarkusTest
@TestProfile(OrderIT.Alone.class)
@QuarkusTestResource(LogAndBooks.class)
class LateTotalsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant BEGINNING = Instant.parse("2025-08-01T12:00:00Z");
    private static final String SOURCES =
            "\"sources\":[{\"title\":\"t\",\"publisher\":\"p\",\"url\":\"https://example.org\"}]";

    @Inject @Nullable DataSource database;

    @TestHTTPResource @Nullable URI door;

    @Test
    void whatComesLateCountsForTheTotalsThatWereClaimedSince() throws Exception {
        OrderIT.empty(requireNonNull(database));
        var books = WithBooks.booksIn(requireNonNull(database));
        books.apply(
                WrittenLog.of(
                                List.of(
                                        event(
                                                Topic.CONFLICTS,
                                                0,
                                                "conflict.defined",
                                                "late",
                                                """
                                                {"name":"Late","parties":[
                                                 {"party":"UA","name":"U","role":"side"},
                                                 {"party":"RU","name":"R","role":"side"}]}"""),
                                        exchange(at(0, 0), 1, "late-a", 10),
                                        event(
                                                Topic.CLAIM_EVENTS,
                                                3,
                                                "claim.made",
                                                "late-c",
                                                """
                                                {"conflict":"late","statedOn":"2025-07-20",
                                                 "claimant":{"name":"Ann"},"about":{},
                                                 "assertion":{"kind":"total","from":"RU",
                                                  "to":"UA","categories":["remains"],
                                                  "count":30},%s}"""
                                                        .formatted(SOURCES))))
                        .atOnce(),
                _ -> {});
        awaitGap(20);
        apply(books, exchange(at(3, 0), 6, "late-c", 5));
        awaitGap(15);

        apply(books, exchange(at(1, 0), 2, "late-b", 50));
        awaitGap(-35);
        apply(
                books,
                exchange(at(2, 0), 4, "late-d", 3),
                event(at(2, 1), 5, "exchange.retracted", "late-d", "{\"reason\":\"It was not.\"}"),
                exchange(at(2, 2), 7, "late-e", 1));
        awaitGap(-36);
    }

    private static void apply(Books books, LoggedEvent... events) throws Exception {
        books.apply(WrittenLog.of(List.of(events)).atOnce(), _ -> {});
    }

    private void awaitGap(int wanted) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(gap()).isEqualTo(wanted));
    }

    private int gap() throws Exception {
        URI address = requireNonNull(door).resolve("/v1/conflicts/late/reconciliation");
        try (var answer = address.toURL().openStream()) {
            return new JsonMapper().readTree(answer).at("/items/0/gap").asInt();
        }
    }

    private static Coordinates at(int partition, int offset) {
        return new Coordinates(Topic.EXCHANGE_EVENTS, partition, offset);
    }

    private static LoggedEvent exchange(Coordinates at, int second, String id, int count)
            throws Exception {
        return event(
                at,
                second,
                "exchange.reported",
                id,
                """
                {"conflict":"late","occurredOn":"2025-07-17","transfers":[
                 {"from":"RU","to":"UA","category":"remains","count":%d}],%s}"""
                        .formatted(count, SOURCES));
    }

    private static LoggedEvent event(
            Topic topic, int second, String type, String subject, String data) throws Exception {
        return event(new Coordinates(topic, 0, 0), second, type, subject, data);
    }

    private static LoggedEvent event(
            Coordinates at, int second, String type, String subject, String data) throws Exception {
        EventType known = EventType.of(type).orElseThrow();
        Instant time = BEGINNING.plusSeconds(second);
        return new LoggedEvent(
                at,
                time,
                new Envelope(
                        "id-" + subject + "-" + second,
                        "/publishers/paper",
                        known,
                        subject,
                        time,
                        Authority.EDITOR),
                EventCodec.read(known, data.getBytes(UTF_8)));
    }
}
