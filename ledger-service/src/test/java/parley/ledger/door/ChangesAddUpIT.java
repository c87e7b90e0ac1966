package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.door.Story.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parley.ledger.door.LogWriter.Event;

/// Whatever is said of two conflicts and in whatever batches, what their feeds tell adds up to the
/// totals of every moment. A failure prints its seed.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class ChangesAddUpIT {
    private static final int EXCHANGES = 6;
    private static final int CLAIMS = 5;
    private static final int BATCHES = 30;
    private static final int BATCH_MAX = 5;
    private static final String NOTHING =
            "{\"best\":0,\"low\":0,\"high\":0,\"disputed\":0,\"unstated\":0}";

    private final Story one = new Story();
    private final Story other = new Story();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private int sent;

    @Test
    void theEffectsOfAFeedAddUpToTheTotalsOfEveryMoment() {
        for (int batch = 0; batch < BATCHES; batch++) {
            if (batch == BATCHES / 4) {
                one.define("UA", "RU");
                other.define("UA", "RU");
            } else if (batch == BATCHES / 2) {
                one.define("UA", "RU", "BY");
            }
            var events = new ArrayList<Event>();
            for (int left = 1 + random.nextInt(BATCH_MAX); left > 0; left--) {
                events.add(event());
            }
            LogWriter.atOnce("paper", events);
        }
        other.define("UA", "RU", "BY");

        for (Story story : List.of(one, other)) {
            List<JsonNode> feed = items(story.ours("/changes?limit=1000"));
            assertThat(feed).as("seed %d", seed).hasSizeGreaterThan(2);
            addsUp(story, feed, "");
            addsUp(
                    story,
                    items(story.ours("/changes?limit=1000&asOf=2025-07-12")),
                    "&asOf=2025-07-12");
            assertThat(pageByPage(story, 1 + random.nextInt(4)))
                    .as("seed %d", seed)
                    .isEqualTo(feed);
        }
    }

    private void addsUp(Story story, List<JsonNode> feed, String asOf) {
        var totals = new TreeMap<String, String>();
        for (int index = 0; index < feed.size(); index++) {
            for (JsonNode effect : feed.get(index).get("effects")) {
                String account =
                        "%s %s %s"
                                .formatted(
                                        effect.get("party").asText(),
                                        effect.get("direction").asText(),
                                        effect.get("category").asText());
                assertThat(effect.get("before").toString())
                        .as("seed %d, item %d, %s", seed, index, account)
                        .isEqualTo(totals.getOrDefault(account, NOTHING));
                totals.put(account, effect.get("after").toString());
            }
            if (index + 1 == feed.size() || !at(feed, index).equals(at(feed, index + 1))) {
                totals.values().removeIf(NOTHING::equals);
                assertThat(totals)
                        .as("seed %d, after item %d%s: %s", seed, index, asOf, feed.get(index))
                        .isEqualTo(totals(story.ours("/totals?knownAt=" + at(feed, index) + asOf)));
            }
        }
    }

    /// When an item takes effect: of what a definition turned, the moment of the definition.
    private static Instant at(List<JsonNode> feed, int index) {
        return feed.subList(0, index + 1).stream()
                .map(item -> Instant.parse(item.at("/event/recordedAt").asText()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Map<String, String> totals(Answer answer) {
        var totals = new HashMap<String, String>();
        for (JsonNode party : answer.json().get("parties")) {
            for (JsonNode category : party.get("totals")) {
                for (String direction : List.of("received", "handedOver")) {
                    totals.put(
                            "%s %s %s"
                                    .formatted(
                                            party.get("party").asText(),
                                            direction,
                                            category.get("category").asText()),
                            category.get(direction).toString());
                }
            }
        }
        totals.values().removeIf(NOTHING::equals);
        return new TreeMap<>(totals);
    }

    private static List<JsonNode> pageByPage(Story story, int limit) {
        var read = new ArrayList<JsonNode>();
        Answer page = story.ours("/changes?limit=" + limit);
        while (!items(page).isEmpty()) {
            read.addAll(items(page));
            page = story.get(page.text("/next"));
        }
        return read;
    }

    private static List<JsonNode> items(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("items").valueStream().toList();
    }

    private Event event() {
        String exchange = exchange();
        String claim = one.id("c" + random.nextInt(CLAIMS));
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> event("exchange.reported", exchange, statement());
            case 3 ->
                    event(
                            "exchange.corrected",
                            exchange,
                            "{\"reason\":\"recounted\",\"exchange\":" + statement() + "}");
            case 4 -> event("exchange.retracted", exchange, "{\"reason\":\"untrue\"}");
            case 5 ->
                    event(
                            "exchange.merged",
                            exchange,
                            "{\"into\":\"" + exchange() + "\",\"reason\":\"the same\"}");
            case 6, 7 -> event("claim.made", claim, claim());
            case 8 ->
                    event(
                            "claim.corrected",
                            claim,
                            "{\"reason\":\"misheard\",\"claim\":" + claim() + "}");
            default -> event("claim.retracted", claim, "{\"reason\":\"unsaid\"}");
        };
    }

    private Event event(String type, String subject, String data) {
        String authority =
                random.nextInt(4) == 0 || type.endsWith("merged") ? "editor" : "publisher";
        return new Event(type, authority, "sent-" + one.conflict + "-" + ++sent, subject, data);
    }

    private String exchange() {
        return one.id("x" + random.nextInt(EXCHANGES));
    }

    private Story story() {
        return random.nextInt(3) == 0 ? other : one;
    }

    private String statement() {
        String from = random.nextInt(5) == 0 ? "BY" : "RU";
        var transfers = new ArrayList<String>();
        transfers.add(transfer(from, "UA", "remains", random.nextInt(20)));
        if (random.nextBoolean()) {
            transfers.add(transfer("UA", "RU", "civilian", random.nextInt(20)));
        }
        if (random.nextInt(4) == 0) {
            transfers.add(
                    """
                    {"from":"RU","to":"UA","category":"civilian","count":null,
                     "countStatus":"unknown"}""");
        }
        return story().exchange("2025-07-1" + random.nextInt(5), transfers.toArray(String[]::new));
    }

    private String claim() {
        String about = exchange();
        return random.nextInt(3) == 0
                ? story().claim(
                                "Ben",
                                "RU",
                                "2025-07-1" + random.nextInt(5),
                                "{\"exchange\":\"" + about + "\"}",
                                "{\"kind\":\"denial\"}")
                : story().countClaim(
                                about, random.nextBoolean() ? "Ann" : "Cid", random.nextInt(30));
    }
}
