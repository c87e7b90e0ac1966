package parley.ledger.door;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.ledger.door.Story.transfer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.ledger.audit.AuditRounds;
import parley.ledger.audit.AuditRounds.Round;

/// That the ledger finds what somebody has changed in its books. Each test puts it right again.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class AuditIT {
    private final Story story = Story.ofConflict();

    @Inject @Nullable AuditRounds rounds;

    @Inject javax.sql.@Nullable DataSource books;

    @Test
    void aKeptTotalThatSomebodyChangedIsFound() throws SQLException {
        report();

        Round round =
                roundAfter(
                        "update account set best = best + 1 where direction = 0 and conflict = ?");

        assertThat(round.differences())
                .anyMatch(
                        it -> it.contains(story.conflict + "/UA/received/remains is kept as 1001"))
                .anyMatch(it -> it.contains("In " + story.conflict + ", "));
        mended("update account set best = best - 1 where direction = 0 and conflict = ?");
    }

    @Test
    void aKeptNumberOfExchangesThatSomebodyChangedIsFound() throws SQLException {
        report();

        Round round =
                roundAfter("update activity set exchanges = exchanges + 1 where conflict = ?");

        assertThat(round.differences())
                .anyMatch(it -> it.contains(story.conflict + "/UA/exchanges is kept as 2"));
        mended("update activity set exchanges = exchanges - 1 where conflict = ?");
    }

    @Test
    void anEntryThatSomebodyChangedIsFoundThoughNoTotalShowsIt() throws SQLException {
        report();
        String before = digest();

        Round round = roundAfter("update entry set leg = leg + 1 where conflict = ?");

        assertThat(round.cases().differences())
                .anyMatch(it -> it.startsWith("The entry " + story.id("x") + " RU UA 3 "));
        Answer answer = story.get("/v1/audit");
        assertThat(answer.at("/holds").asBoolean()).isFalse();
        assertThat(answer.at("/events/holds").asBoolean()).isFalse();
        assertThat(answer.at("/keptTotals/holds").asBoolean()).isTrue();
        assertThat(digest()).isNotEqualTo(before);
        mended("update entry set leg = leg - 1 where conflict = ?");
        assertThat(digest()).isEqualTo(before);
    }

    @Test
    void anOutcomeThatSomebodyChangedIsFound() throws SQLException {
        report();
        String before = story.get("/v1/audit").text("/outcomes");

        Round round = roundAfter("update event set outcome = 'duplicate' where subject = ?");

        assertThat(round.cases().differences())
                .anyMatch(it -> it.startsWith("The outcome 0 ") && it.contains("duplicate"));
        assertThat(story.get("/v1/audit").text("/outcomes")).isNotEqualTo(before);
        mended("update event set outcome = 'applied' where subject = ?");
        assertThat(story.get("/v1/audit").text("/outcomes")).isEqualTo(before);
    }

    @Test
    void whoReadsTheMetricsAndTheHealthSeesThatTheBooksHold() {
        report();
        Round round = requireNonNull(rounds).round();

        Answer health = Story.askNow("/q/health/ready");
        Answer metrics = Story.askNow("/q/metrics");

        assertThat(round.holds()).as("%s", round).isTrue();
        assertThat(health.body()).contains("The books hold", "\"digest\": \"");
        assertThat(metrics.body())
                .contains("parley_ledger_audit_holds 1.0")
                .contains("parley_ledger_audit_differences 0.0")
                .contains("parley_ledger_audit_age_seconds ")
                .contains("parley_ledger_audit_cases_total ");
    }

    @Test
    void partitionsThatAreEmptyAreListedToo() {
        Answer answer = story.get("/v1/audit");

        assertThat(answer.at("/partitions").findValuesAsText("topic"))
                .containsExactly(
                        "conflicts",
                        "exchange-events",
                        "exchange-events",
                        "exchange-events",
                        "claim-events",
                        "claim-events",
                        "claim-events");
    }

    private void report() {
        story.paper()
                .sends(
                        "exchange.reported",
                        story.id("x"),
                        story.exchange("2025-07-17", transfer("RU", "UA", "remains", 1000)));
        assertThat(story.ours("/totals").status()).isEqualTo(200);
    }

    private String digest() {
        for (var it : story.get("/v1/audit").at("/conflicts")) {
            if (it.path("conflict").asText().equals(story.conflict)) {
                return it.path("digest").asText();
            }
        }
        throw new AssertionError("no digest of " + story.conflict);
    }

    /// The first round that finds something, which takes as many as there are pages of cases.
    private Round roundAfter(String change) throws SQLException {
        update(change);
        var audits = requireNonNull(rounds);
        Round round = await().until(audits::round, it -> !it.holds());
        Answer health = Story.askNow("/q/health/ready");
        assertThat(health.text("/status")).isEqualTo("DOWN");
        assertThat(health.body()).contains("\"reason\"", round.differences().getFirst());
        return round;
    }

    private void mended(String change) throws SQLException {
        update(change);
        assertThat(requireNonNull(rounds).round().holds()).isTrue();
    }

    private void update(String sql) throws SQLException {
        try (var connection = requireNonNull(books).getConnection();
                var update = connection.prepareStatement(sql)) {
            update.setString(1, story.conflict);
            assertThat(update.executeUpdate()).isPositive();
        }
    }
}
