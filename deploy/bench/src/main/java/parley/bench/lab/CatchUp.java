package parley.bench.lab;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// How a ledger read the log, as its commits show: from the first one seen to the last.
///
/// @param records that were committed between the two
/// @param nanos that passed between the two
public record CatchUp(long records, long nanos) {
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final long LOOK_MILLIS = 5;

    /// There is no schema, or no table in it, before the first start has made them.
    private static final Set<String> NOT_THERE_YET = Set.of("3F000", "42P01");

    /// Returns when a generation has read so many records.
    ///
    /// @param isAlive whether there is still hope
    public static CatchUp await(
            Connection connection, int generation, long records, BooleanSupplier isAlive)
            throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long firstRead = 0;
        long firstSeen = 0;
        while (System.nanoTime() < deadline && isAlive.getAsBoolean()) {
            long read = read(connection, generation);
            long now = System.nanoTime();
            if (firstRead == 0 && read > 0) {
                firstRead = read;
                firstSeen = now;
            }
            if (read >= records) {
                return new CatchUp(records - firstRead, now - firstSeen);
            }
            pause();
        }
        throw new IllegalStateException("The ledger has not read %d records".formatted(records));
    }

    /// Records a second.
    public double rate() {
        if (records == 0) {
            throw new IllegalStateException(
                    "All records were in the first commit: measure with more of them");
        }
        return records / (nanos / 1e9);
    }

    private static long read(Connection connection, int generation) throws SQLException {
        try (var select = connection.createStatement();
                var rows =
                        select.executeQuery(
                                "select coalesce(sum(next_offset), 0) from g%d.log_position"
                                        .formatted(generation))) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException absent) {
            if (NOT_THERE_YET.contains(absent.getSQLState())) {
                return 0;
            }
            throw absent;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
