package parley.ledger.books;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Rows in PostgreSQL's binary `COPY` format, the fastest way in.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, Binary Format</a>
final class CopyRows {
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
    };

    private final String target;
    private final int columns;
    private final Bytes bytes = new Bytes();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private boolean empty = true;

    /// @param target the table and its columns, e.g. `event (topic, partition)`
    CopyRows(String target) {
        this.target = target;
        this.columns = (int) target.chars().filter(it -> it == ',').count() + 1;
        write(
                () -> {
                    out.write(SIGNATURE);
                    out.writeInt(0);
                    out.writeInt(0);
                });
    }

    CopyRows row() {
        empty = false;
        return write(() -> out.writeShort(columns));
    }

    CopyRows int2(int value) {
        return write(
                () -> {
                    out.writeInt(2);
                    out.writeShort(value);
                });
    }

    CopyRows int4(int value) {
        return write(
                () -> {
                    out.writeInt(4);
                    out.writeInt(value);
                });
    }

    CopyRows int8(long value) {
        return write(
                () -> {
                    out.writeInt(8);
                    out.writeLong(value);
                });
    }

    CopyRows bool(boolean value) {
        return write(
                () -> {
                    out.writeInt(1);
                    out.writeBoolean(value);
                });
    }

    CopyRows text(@Nullable String value) {
        return bytea(value == null ? null : value.getBytes(UTF_8));
    }

    CopyRows bytea(byte @Nullable [] value) {
        return value == null
                ? none()
                : write(
                        () -> {
                            out.writeInt(value.length);
                            out.write(value);
                        });
    }

    CopyRows date(@Nullable LocalDate value) {
        return value == null ? none() : int4((int) (value.toEpochDay() - EPOCH_DAY));
    }

    CopyRows time(@Nullable Instant value) {
        return value == null ? none() : int8(ChronoUnit.MICROS.between(EPOCH, value));
    }

    private CopyRows none() {
        return write(() -> out.writeInt(-1));
    }

    void send(Connection connection) throws SQLException {
        if (empty) {
            return;
        }
        write(() -> out.writeShort(-1));
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + target + " from stdin binary", bytes.input(), 1 << 16);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private CopyRows write(Writing writing) {
        try {
            writing.write();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return this;
    }

    private interface Writing {
        void write() throws IOException;
    }

    /// Read from where it was written, without a copy.
    private static final class Bytes extends ByteArrayOutputStream {
        Bytes() {
            super(1 << 16);
        }

        ByteArrayInputStream input() {
            return new ByteArrayInputStream(buf, 0, count);
        }
    }
}
