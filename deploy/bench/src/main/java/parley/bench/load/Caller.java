package parley.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// One connection, on the one thread of its [Load].
final class Caller {
    private final Vertx vertx;
    private final NetSocket socket;
    private final Call call;
    private final Histogram histogram;
    private final Promise<Void> done = Promise.promise();
    private final Responses responses = new Responses();
    private Schedule schedule = Schedule.NONE;
    private long due;

    /// Waits on an open connection for its time to begin. That the connection is closed meanwhile
    /// is a failure, too.
    Caller(Vertx vertx, NetSocket socket, Call call, Histogram histogram) {
        this.vertx = vertx;
        this.socket = socket;
        this.call = call;
        this.histogram = histogram;
        socket.handler(this::take);
        socket.exceptionHandler(done::tryFail);
        socket.closeHandler(_ -> done.tryFail("The connection was closed"));
    }

    /// When calls are made, by the clock of [System#nanoTime].
    ///
    /// @param nanosApart from one call to the next; 0: as soon as it was answered
    /// @param countedFrom calls that were due before are not counted
    /// @param end no call is begun that is due later
    /// @param givenUpAt calls that are still to be made by then are given up
    record Schedule(long nanosApart, long countedFrom, long end, long givenUpAt) {
        private static final Schedule NONE = new Schedule(0, 0, 0, 0);
    }

    /// Over when all calls were answered or given up.
    Future<Void> done() {
        return done.future();
    }

    /// @param firstDue when the first call is due
    void begin(Schedule calls, long firstDue) {
        schedule = calls;
        due = firstDue;
        next();
    }

    private void next() {
        long now = System.nanoTime();
        if (now >= schedule.givenUpAt) {
            giveUp(now);
        }
        if (due >= schedule.end) {
            done.tryComplete();
            socket.close();
            return;
        }
        long early = due - now;
        if (early > 0) {
            vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(early)), _ -> next());
        } else {
            socket.write(call.buffer());
        }
    }

    /// Calls that were due and never made have waited until now, at the least.
    private void giveUp(long now) {
        for (; schedule.nanosApart > 0 && due < schedule.end; due += schedule.nanosApart) {
            count(now - due);
        }
    }

    private void take(Buffer arrived) {
        if (!responses.isWhole(arrived)) {
            return;
        }
        if (responses.status() != call.expectedStatus()) {
            done.tryFail("answered with " + responses.status());
            socket.close();
            return;
        }
        long now = System.nanoTime();
        count(Math.max(0, now - due));
        due = schedule.nanosApart == 0 ? now : due + schedule.nanosApart;
        next();
    }

    private void count(long nanos) {
        if (due >= schedule.countedFrom) {
            histogram.recordValue(nanos);
        }
    }
}
