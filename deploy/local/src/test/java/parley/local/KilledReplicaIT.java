package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Two replicas on one database, of which one and then the other is killed while newsrooms publish
/// and dashboards follow. Only with `-Dparley.kills=100`, which is how often: each takes some
/// seconds. `-Dparley.seed=N` repeats the moments of a run that failed.
@EnabledIfSystemProperty(named = "parley.kills", matches = "\\d+")
class KilledReplicaIT {
    private static final int KILLS = Integer.getInteger("parley.kills", 1);
    private static final long SEED = Long.getLong("parley.seed", new Random().nextLong(1_000_000));
    private static final int FOLLOWERS_EACH = 10;
    private static final int REPORTS_PER_KILL = 20;
    private static final String CONFLICT = "killed";

    @TempDir Path folder;

    @Test
    void nobodyIsToldWhatIsOlderAndAllAreToldWhatIsFinal() throws Exception {
        var random = new Random(SEED);
        try (var faults = new Faults(folder.resolve("system"));
                var answers = new Answers(faults.system())) {
            faults.system().start();
            var database = faults.fresh();
            try (var one = faults.ledger("one", database);
                    var other = faults.ledger("other", database);
                    var followers =
                            new Followers(List.of(one.address(), other.address()), CONFLICT)) {
                define(answers);
                report(answers, 0);
                for (var replica : List.of(one, other)) {
                    replica.launch();
                    replica.awaitReady();
                }
                followers.add(FOLLOWERS_EACH);
                var reported = 1;
                var gone = 0;
                awaitFinal(followers, reported, 0);

                for (int kill = 1; kill <= KILLS; kill++) {
                    var victim = kill % 2 == 0 ? one : other;
                    var at = reported + 1 + random.nextInt(REPORTS_PER_KILL);
                    var isAtTheReport = random.nextBoolean();
                    for (int number = 0; number < REPORTS_PER_KILL; number++) {
                        report(answers, reported++);
                        if (isAtTheReport && reported == at) {
                            victim.kill();
                        }
                    }
                    if (!isAtTheReport) { // While the news is on its way to the others.
                        var told = at - gone;
                        Faults.await().until(() -> followers.furthest() >= told);
                        victim.kill();
                    }
                    if (random.nextBoolean()) { // What is final is what was told before, too.
                        retract(answers, reported - 1);
                        gone++;
                    }
                    victim.launch();
                    awaitFinal(followers, reported - gone, kill);
                    victim.awaitReady();
                }
                System.out.printf(
                        "%d kills under %d followers, %,d answers read, %,d connections broken or"
                                + " refused; none went back, all %d final states were told%n",
                        KILLS,
                        3 * FOLLOWERS_EACH,
                        followers.answers(),
                        followers.breaks(),
                        KILLS + 1);
            }
        }
    }

    private static void awaitFinal(Followers followers, long total, int kill) {
        Faults.await()
                .untilAsserted(
                        () -> {
                            assertThat(followers.failures())
                                    .as("kill %d, seed %d", kill, SEED)
                                    .isEmpty();
                            assertThat(followers.without(total))
                                    .as("%d standing, kill %d, seed %d", total, kill, SEED)
                                    .isEmpty();
                        });
    }

    private static void define(Answers answers) throws IOException {
        var answer =
                answers.tell(
                        "PUT",
                        "/v1/conflicts/" + CONFLICT,
                        "editor",
                        """
                        {"name":"Killed","since":"2022-02-24","parties":[
                         {"party":"UA","name":"Ukraine","role":"side"},
                         {"party":"RU","name":"Russia","role":"side"}]}\
                        """);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static void report(Answers answers, int number) throws IOException {
        var answer =
                answers.tell(
                        "POST",
                        "/v1/exchanges",
                        "publisher",
                        """
                        {"exchangeId":"killed-%d","conflict":"%s","occurredOn":"2025-07-17","transfers":[
                         {"from":"RU","to":"UA","category":"remains","count":1}],
                         "sources":[{"title":"t","publisher":"p","url":"https://example.org/t"}]}\
                        """
                                .formatted(number, CONFLICT));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static void retract(Answers answers, int number) throws IOException {
        var answer =
                answers.tell(
                        "POST",
                        "/v1/exchanges/killed-" + number + "/retraction",
                        "publisher",
                        "{\"reason\":\"untrue\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }
}
