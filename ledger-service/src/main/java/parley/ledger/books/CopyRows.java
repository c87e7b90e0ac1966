package parley.ledger.books;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows on their way into a table, in PostgreSQL's binary `COPY` format: the fastest way in. The
/// connection does nothing else until [#end] is called.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, Binary Format</a>
final class CopyRows implements AutoCloseable {
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
    };
    private static final int BUFFER_BYTES = 1 << 16;

    private final CopyIn copy;
    private final int columns;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    /// Begins.
    ///
    /// @param target the table and its columns, e.g. `event (topic, partition)`
    CopyRows(Connection connection, String target) throws SQLException {
        copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + target + " from stdin binary");
        columns = (int) target.chars().filter(it -> it == ',').count() + 1;
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    CopyRows row() throws SQLException {
        room(Short.BYTES).putShort((short) columns);
        return this;
    }

    CopyRows int2(int value) throws SQLException {
        room(Integer.BYTES + Short.BYTES).putInt(Short.BYTES).putShort((short) value);
        return this;
    }

    CopyRows int4(int value) throws SQLException {
        room(Integer.BYTES + Integer.BYTES).putInt(Integer.BYTES).putInt(value);
        return this;
    }

    CopyRows int8(long value) throws SQLException {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
        return this;
    }

    CopyRows bool(boolean value) throws SQLException {
        room(Integer.BYTES + 1).putInt(1).put((byte) (value ? 1 : 0));
        return this;
    }

    CopyRows text(@Nullable String value) throws SQLException {
        return bytea(value == null ? null : value.getBytes(UTF_8));
    }

    CopyRows bytea(byte @Nullable [] value) throws SQLException {
        if (value == null) {
            room(Integer.BYTES).putInt(-1);
            return this;
        }
        room(Integer.BYTES).putInt(value.length);
        if (value.length > buffer.remaining()) {
            flush();
        }
        if (value.length > buffer.capacity()) {
            copy.writeToCopy(value, 0, value.length);
        } else {
            buffer.put(value);
        }
        return this;
    }

    CopyRows date(@Nullable LocalDate value) throws SQLException {
        return value == null ? bytea(null) : int4((int) (value.toEpochDay() - EPOCH_DAY));
    }

    CopyRows time(@Nullable Instant value) throws SQLException {
        return value == null ? bytea(null) : int8(ChronoUnit.MICROS.between(EPOCH, value));
    }

    void end() throws SQLException {
        room(Short.BYTES).putShort((short) -1);
        flush();
        copy.endCopy();
    }

    /// Gives the connection back, whatever has gone wrong: until then, it would wait for ever.
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private ByteBuffer room(int bytes) throws SQLException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
