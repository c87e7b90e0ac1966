package parley.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who reads the logs learns which event a line is about, and neither a token nor what a newsroom
/// sent, whatever goes wrong.
@QuarkusTest
@QuarkusTestResource(LogAndKeys.class)
class WhatIsLoggedIT {
    private static final String CONFIDENTIAL = "Confidential-4711";
    private static final JsonMapper JSON = new JsonMapper();

    private final Logger root = Logger.getLogger("");
    private final Logger log = Logger.getLogger("parley.ingest.log");
    private final JsonFormatter formatter = new JsonFormatter();
    private final Queue<String> asJson = new ConcurrentLinkedQueue<>();
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord record) {
                    var text = new StringWriter();
                    text.append(record.getMessage()).append(' ');
                    if (record.getParameters() != null) {
                        text.append(Arrays.toString(record.getParameters()));
                    }
                    if (record.getThrown() != null) {
                        record.getThrown().printStackTrace(new PrintWriter(text, true));
                    }
                    logged.add(text.toString());
                    asJson.add(formatter.format(ExtLogRecord.wrap(record)));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        root.addHandler(handler);
    }

    @AfterEach
    void leave() {
        root.removeHandler(handler);
        log.setLevel(null);
    }

    @Test
    void aLineAboutAPublishedEventHasItsNameAndItsPlaceAsFieldsAndNothingThatItSays() {
        Ready.await();
        Newsroom.editor().put("/v1/conflicts/ru-ua", Bodies.CONFLICT);
        Newsroom paper = Newsroom.publisher("paper");
        String statement = Bodies.exchange("").replace("…", CONFIDENTIAL);
        log.setLevel(Level.FINE);

        String position =
                paper.post("/v1/exchanges", statement, "Idempotency-Key", "logged")
                        .at("/position")
                        .asText();

        ConsumerRecord<String, byte[]> record = LogReader.before(position);
        assertThat(asJson)
                .anySatisfy(
                        line ->
                                assertThat(JSON.readTree(line).path("mdc").properties())
                                        .extracting(
                                                it -> it.getKey() + "=" + it.getValue().asText())
                                        .contains(
                                                "eventId=logged",
                                                "source=/publishers/paper",
                                                "topic=" + record.topic(),
                                                "partition=" + record.partition(),
                                                "offset=" + record.offset()))
                .noneMatch(line -> line.contains(CONFIDENTIAL));
    }

    @Test
    void neitherTokensNorBodiesAreLogged() {
        Ready.await();
        String token = Newsroom.token("paper", "publisher");
        String spoiled = token.substring(0, token.length() - 4) + "AAAA";
        String body = "{\"conflict\":\"%s\"}".formatted(CONFIDENTIAL);
        Newsroom paper = Newsroom.withToken(token);

        paper.post("/v1/exchanges", body);
        paper.post("/v1/exchanges", body + "}");
        paper.post("/v1/exchanges?" + CONFIDENTIAL + "=1", body);
        paper.post("/v1/exchanges", body, "Idempotency-Key", CONFIDENTIAL + "\u00e9");
        paper.post("/v1/exchanges/" + CONFIDENTIAL + "%00/retraction", body);
        paper.post("/v1/exchanges/x/merge", body);
        paper.put("/v1/conflicts/x", body);
        paper.send("POST", "/v1/exchanges", "text/plain", body);
        paper.send("POST", "/v1/events", "application/x-ndjson", body + "\n" + body + "}\n");
        paper.send("POST", "/v1/events", "application/cloudevents+json", body);
        paper.send("POST", "/v1/events", "application/cloudevents-batch+json", body);
        paper.send("DELETE", "/v1/exchanges", Newsroom.JSON, body);
        Newsroom.withToken(spoiled).post("/v1/exchanges", body);
        Newsroom.withToken(CONFIDENTIAL).post("/v1/exchanges", body);
        Logger.getLogger("parley").info("the last line");

        assertThat(Stream.concat(logged.stream(), asJson.stream()))
                .anyMatch(line -> line.contains("the last line"))
                .noneMatch(line -> line.contains(CONFIDENTIAL))
                .noneMatch(line -> line.contains(token.substring(0, 40)))
                .noneMatch(line -> line.contains(spoiled.substring(spoiled.length() - 40)));
    }
}
