package parley.bench.fold;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.bench.fold.Said.Claimed;
import parley.contract.Direction;

/// The shortest form of what a peer keeps and passes on: it is not to be held up by its codec.
public final class Binary {
    private Binary() {}

    @FunctionalInterface
    private interface Writer<T> {
        void write(T value, DataOutput out) throws IOException;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(DataInput in) throws IOException;
    }

    public static byte[] of(CaseState state) {
        return bytes(state, CaseState::write);
    }

    public static CaseState caseState(byte[] bytes) {
        return value(bytes, CaseState::read);
    }

    public static byte[] of(Totals totals) {
        return bytes(totals, Totals::write);
    }

    public static Totals totals(byte[] bytes) {
        return value(bytes, Totals::read);
    }

    public static byte[] of(List<Line> lines) {
        return bytes(
                lines,
                (value, out) -> {
                    out.writeByte(value.size());
                    for (Line line : value) {
                        line.write(out);
                    }
                });
    }

    public static List<Line> lines(byte[] bytes) {
        return value(
                bytes,
                in -> {
                    var lines = new ArrayList<Line>();
                    for (int left = in.readByte(); left > 0; left--) {
                        lines.add(Line.read(in));
                    }
                    return lines;
                });
    }

    public static byte[] of(Claimed claimed) {
        return bytes(
                claimed,
                (value, out) -> {
                    out.writeUTF(value.exchange());
                    out.writeUTF(value.claimant());
                    writeAbout(out, value.about());
                    out.writeBoolean(value.disputes());
                    var reading = ByteBuffer.allocate(Reading.BYTES);
                    value.reading().write(reading);
                    out.write(reading.array());
                });
    }

    public static Claimed claimed(byte[] bytes) {
        return value(
                bytes,
                in -> {
                    String exchange = in.readUTF();
                    String claimant = in.readUTF();
                    Direction about = readAbout(in);
                    boolean disputes = in.readBoolean();
                    var reading = new byte[Reading.BYTES];
                    in.readFully(reading);
                    return new Claimed(
                            exchange,
                            claimant,
                            about,
                            disputes,
                            Reading.read(ByteBuffer.wrap(reading)));
                });
    }

    private static void writeAbout(DataOutput out, @Nullable Direction about) throws IOException {
        out.writeBoolean(about != null);
        if (about != null) {
            Line.writeDirection(out, about);
        }
    }

    private static @Nullable Direction readAbout(DataInput in) throws IOException {
        return in.readBoolean() ? Line.readDirection(in) : null;
    }

    private static <T> byte[] bytes(T value, Writer<T> writer) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            writer.write(value, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private static <T> T value(byte[] bytes, Reader<T> reader) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return reader.read(in);
        } catch (IOException torn) {
            throw new UncheckedIOException("Not what was written", torn);
        }
    }
}
