package parley.ledger.books;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which generation this replica reads: each connection that a reader is given names its schema by
/// the search path. A transaction reads one generation to its end.
@Singleton
public class ReadGeneration implements AgroalPoolInterceptor {
    private final ThreadLocal<@Nullable Integer> reading = new ThreadLocal<>();
    private volatile int serving;

    /// The generation that is served; 0 before that is known.
    public int serving() {
        return serving;
    }

    /// Serves that generation from now on.
    public void serve(int generation) {
        serving = generation;
    }

    /// Has something read of a generation, whichever is served.
    public <T> T reading(int generation, Supplier<T> work) {
        reading.set(generation);
        try {
            return work.get();
        } finally {
            reading.remove();
        }
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
        Integer asked = reading.get();
        int generation = asked == null ? serving : asked;
        if (generation == 0) {
            return;
        }
        try {
            Generation.enter(connection, Generation.schema(generation));
        } catch (SQLException away) {
            throw new IllegalStateException("The connection does not take a search path", away);
        }
    }
}
