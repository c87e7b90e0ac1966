package parley.local;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Asks again, as the answer says, when a service cannot answer now.
final class Attempts {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final Set<Integer> TRANSIENT = Set.of(TOO_MANY_REQUESTS, UNAVAILABLE);
    private static final long PAUSE_SECONDS_DEFAULT = 1;

    /// One attempt.
    @FunctionalInterface
    interface Attempt {
        HttpResponse<String> make() throws IOException, InterruptedException;
    }

    private Attempts() {}

    /// The first answer that is final, or the last before `patience` ran out.
    static HttpResponse<String> until(Duration patience, Attempt attempt) throws IOException {
        var deadline = Instant.now().plus(patience);
        try {
            var answer = attempt.make();
            while (TRANSIENT.contains(answer.statusCode()) && Instant.now().isBefore(deadline)) {
                var pause =
                        answer.headers()
                                .firstValueAsLong("Retry-After")
                                .orElse(PAUSE_SECONDS_DEFAULT);
                TimeUnit.SECONDS.sleep(pause);
                answer = attempt.make();
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
