package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// Newsrooms that all report at once, each report under a key of its own and of a count of its own,
/// of a conflict that nobody else reports on.
final class Burst implements AutoCloseable {
    static final int REPORTS = 2_000;

    private static final int NEWSROOMS = 8;
    private static final int ACCEPTED = 202;

    private final Answers answers;
    private final String conflict;
    private final ExecutorService newsrooms = Executors.newFixedThreadPool(NEWSROOMS);
    private final Set<Integer> accepted = ConcurrentHashMap.newKeySet();
    private final Queue<Integer> refused = new ConcurrentLinkedQueue<>();

    Burst(Answers answers, long seed) throws IOException {
        this.answers = answers;
        this.conflict = "burst-" + seed;
        var definition =
                """
                {"name":"Burst","since":"2022-02-24","parties":[
                 {"party":"UA","name":"Ukraine","role":"side"},
                 {"party":"RU","name":"Russia","role":"side"}]}""";
        var answer = answers.tell("PUT", "/v1/conflicts/" + conflict, "editor", definition);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(ACCEPTED);
    }

    int accepted() {
        return accepted.size();
    }

    /// Done when each report has been sent once, whatever was answered.
    CompletableFuture<Void> send() {
        return CompletableFuture.allOf(
                IntStream.rangeClosed(1, REPORTS)
                        .mapToObj(
                                number -> CompletableFuture.runAsync(() -> send(number), newsrooms))
                        .toArray(CompletableFuture<?>[]::new));
    }

    void sendAgainWhatWasRefused() {
        Faults.await()
                .until(
                        () -> {
                            var number = refused.poll();
                            while (number != null && send(number)) {
                                number = refused.poll();
                            }
                            return refused.isEmpty();
                        });
        assertThat(accepted).hasSize(REPORTS);
    }

    void sendAgain(int first, int last) {
        IntStream.rangeClosed(first, last).forEach(number -> assertThat(send(number)).isTrue());
    }

    void mustCountOnce() {
        var party = answers.get("/v1/conflicts/" + conflict + "/totals/UA").at("/parties/0");
        assertThat(party.at("/exchanges").asInt()).as(conflict).isEqualTo(REPORTS);
        assertThat(party.at("/totals/0/received/best").asInt())
                .as(conflict)
                .isEqualTo(REPORTS * (REPORTS + 1) / 2);
        assertThat(answers.get("/v1/audit").path("holds").asBoolean()).as(conflict).isTrue();
    }

    private boolean send(int number) {
        var isAccepted = isAccepted(number);
        if (isAccepted) {
            accepted.add(number);
        } else {
            refused.add(number);
        }
        return isAccepted;
    }

    private boolean isAccepted(int number) {
        var report =
                """
                {"exchangeId":"%s-%d","conflict":"%s","occurredOn":"2025-07-17",
                 "transfers":[{"from":"RU","to":"UA","category":"remains","count":%d}],
                 "sources":[{"title":"t","publisher":"p","url":"https://example.org/1"}]}"""
                        .formatted(conflict, number, conflict, number);
        try {
            var key = conflict + "-key-" + number;
            return answers.tell(
                                    "POST",
                                    "/v1/exchanges",
                                    "publisher",
                                    report,
                                    "Idempotency-Key",
                                    key)
                            .statusCode()
                    == ACCEPTED;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        newsrooms.shutdownNow();
    }
}
