package parley.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;

/// Readers who ask for one answer so many times a second, whether or not the last one has come:
/// each read is timed from when it was due.
final class Readers implements AutoCloseable {
    private static final int CONNECTIONS = 16;

    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(CONNECTIONS);
    private volatile @Nullable Reading reading;

    Readers(URI address) {
        this.address = address;
    }

    /// What the readers saw.
    ///
    /// @param p99 milliseconds, from when a read was due until it was answered
    record Seen(int reads, double p50, double p99, List<String> failures) {
        @Override
        public String toString() {
            return "%d reads, p50 %.1f ms, p99 %.1f ms, %d failed"
                    .formatted(reads, p50, p99, failures.size());
        }
    }

    /// Reads so many times, and returns what was seen.
    Seen read(int perSecond, int times) throws InterruptedException {
        start(perSecond);
        Reading current = current();
        current.enough(times).await();
        return stop();
    }

    void start(int perSecond) {
        var begun = new Reading();
        reading = begun;
        long period = TimeUnit.SECONDS.toNanos(1) * CONNECTIONS / perSecond;
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            begun.tasks.add(
                    threads.scheduleAtFixedRate(
                            new Reader(begun, period, connection),
                            period * connection / CONNECTIONS,
                            period,
                            TimeUnit.NANOSECONDS));
        }
    }

    Seen stop() {
        Reading ended = current();
        ended.tasks.forEach(task -> task.cancel(false));
        return ended.seen();
    }

    private Reading current() {
        Reading current = reading;
        if (current == null) {
            throw new IllegalStateException("nobody reads");
        }
        return current;
    }

    private static final class Reading {
        private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final Queue<Future<?>> tasks = new ConcurrentLinkedQueue<>();
        private volatile CountDownLatch left = new CountDownLatch(0);

        CountDownLatch enough(int times) {
            left = new CountDownLatch(times);
            return left;
        }

        Seen seen() {
            var sorted = new ArrayList<>(nanos);
            Collections.sort(sorted);
            return new Seen(
                    sorted.size(),
                    millis(sorted, 0.5),
                    millis(sorted, 0.99),
                    new ArrayList<>(failures));
        }

        private static double millis(List<Long> sorted, double quantile) {
            return sorted.isEmpty()
                    ? Double.NaN
                    : sorted.get((int) (quantile * (sorted.size() - 1))) / 1e6;
        }
    }

    /// One connection's reads, whose positions never go back.
    private final class Reader implements Runnable {
        private final Reading reading;
        private final long period;
        private long due;
        private LogPosition newest = LogPosition.START;

        Reader(Reading reading, long period, int connection) {
            this.reading = reading;
            this.period = period;
            this.due = System.nanoTime() + period * connection / CONNECTIONS;
        }

        @Override
        public void run() {
            try {
                ask();
            } catch (IOException | RuntimeException failed) {
                reading.failures.add(failed.toString());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            reading.nanos.add(System.nanoTime() - due);
            due += period;
            reading.left.countDown();
        }

        private void ask() throws IOException, InterruptedException {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(1)).build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                reading.failures.add(answer.statusCode() + " " + answer.body());
                return;
            }
            String marked = answer.body().replaceFirst("(?s).*?\"position\":\"", "");
            var read = LogPosition.parse(marked.substring(0, marked.indexOf('"')));
            if (!read.covers(newest)) {
                reading.failures.add("%s came after %s".formatted(read, newest));
            }
            newest = read;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }
}
