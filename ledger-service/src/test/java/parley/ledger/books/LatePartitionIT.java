package parley.ledger.books;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.contract.Authority;
import parley.contract.Envelope;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.contract.UnreadableEventException;
import parley.ledger.books.LogRecord.Attributes;
import parley.ledger.books.LogRecord.Content.Legible;
import parley.ledger.door.LogAndBooks;
import parley.ledger.fold.Coordinates;

/// What one partition brings late is not lost to those who have read further in another.
@QuarkusTest
@TestProfile(OrderIT.Alone.class)
@QuarkusTestResource(LogAndBooks.class)
class LatePartitionIT {
    private static final Instant DEFINED = Instant.parse("2025-07-17T12:00:00Z");
    private static final JsonMapper JSON = new JsonMapper();

    @Inject @Nullable DataSource database;

    @TestHTTPResource @Nullable URI door;

    @Test
    void whatTheLogTookEarlierAndTheLedgerReadsLaterFollowsTheCursor() throws Exception {
        empty();
        var books = WithBooks.booksIn(requireNonNull(database));
        books.apply(
                List.of(
                        slice(
                                EventType.CONFLICT_DEFINED,
                                0,
                                DEFINED,
                                "late-war",
                                """
                                {"name":"War","parties":[
                                 {"party":"UA","name":"UA","role":"side"},
                                 {"party":"RU","name":"RU","role":"side"}]}"""),
                        reported(0, DEFINED.plusSeconds(10), "later", 1000)),
                _ -> {});
        JsonNode first = get(requireNonNull(door).resolve("/v1/conflicts/late-war/changes"));

        books.apply(List.of(reported(1, DEFINED.plusSeconds(5), "earlier", 7)), _ -> {});
        JsonNode then = get(URI.create(first.path("next").asText()));

        assertThat(first.path("items").findValuesAsText("id")).contains("late-war", "later");
        assertThat(then.path("items")).hasSize(1);
        assertThat(then.at("/items/0/id").asText()).isEqualTo("earlier");
        assertThat(then.at("/items/0/effects/0/after/best").asInt()).isEqualTo(7);
    }

    private static LogSlice reported(int partition, Instant at, String exchange, int count)
            throws UnreadableEventException {
        return slice(
                EventType.EXCHANGE_REPORTED,
                partition,
                at,
                exchange,
                """
                {"conflict":"late-war","occurredOn":"2025-07-17",
                 "transfers":[{"from":"RU","to":"UA","category":"remains","count":%d}],
                 "sources":[{"title":"T","publisher":"P","url":"https://example.org"}]}"""
                        .formatted(count));
    }

    /// The first record of a partition.
    private static LogSlice slice(
            EventType type, int partition, Instant at, String subject, String json)
            throws UnreadableEventException {
        byte[] value = json.getBytes(UTF_8);
        var envelope =
                new Envelope(
                        "of-" + subject,
                        Envelope.PUBLISHERS + "desk",
                        type,
                        subject,
                        at,
                        Authority.EDITOR);
        var record =
                new LogRecord(
                        new Coordinates(type.topic(), partition, 0),
                        at,
                        new Attributes(
                                envelope.id(),
                                envelope.source(),
                                type.wire(),
                                subject,
                                at,
                                Authority.EDITOR.name()),
                        value,
                        new Legible(envelope, EventCodec.read(type, value)));
        return new LogSlice(type.topic(), partition, 0, 1, List.of(record));
    }

    private void empty() throws Exception {
        try (var connection = requireNonNull(database).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    truncate log_position, event, former_outcome, tie, edition, entry, account,
                             activity
                    """);
        }
    }

    private static JsonNode get(URI uri) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(uri).build();
            return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
        }
    }
}
