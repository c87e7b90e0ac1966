package parley.bench.fold;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.bench.fold.Said.Claimed;
import parley.contract.Direction;

/// The newest reading of each claimant on each transfer, or on all of an exchange.
///
/// Kept as the bytes that a state store keeps, one entry after the other: an exchange of which
/// everybody speaks has hundreds of them, and a claim more costs a copy rather than a decoding.
final class Readings {
    static final Readings NONE = new Readings(new byte[0]);

    private static final byte[] EVERY_TRANSFER = {};

    private final byte[] entries;

    private Readings(byte[] entries) {
        this.entries = entries;
    }

    /// These and one more, which takes the place of the claimant's older one on the same.
    Readings with(Claimed claimed) {
        byte[] key = key(claimed);
        Entry same = find(key);
        if (same == null) {
            byte[] more = Arrays.copyOf(entries, entries.length + key.length + Reading.BYTES);
            var end = ByteBuffer.wrap(more, entries.length, key.length + Reading.BYTES);
            claimed.reading().write(end.put(key));
            return new Readings(more);
        }
        byte[] changed = entries.clone();
        Reading.newer(same.reading(), claimed.reading())
                .write(ByteBuffer.wrap(changed, same.readingAt(), Reading.BYTES));
        return new Readings(changed);
    }

    /// All figures that are named of a transfer.
    void addFigures(Direction direction, Set<Integer> figures) {
        byte[] about = about(direction);
        for (Entry entry = first(); entry != null; entry = entry.next()) {
            if (entry.isAbout(about)) {
                Reading reading = entry.reading();
                if (reading.low() <= reading.high()) {
                    figures.add(reading.low());
                    figures.add(reading.high());
                }
            }
        }
    }

    /// The largest figure of a transfer, where of each claimant the newest counts, be it on that
    /// transfer or on all.
    int largest(Direction direction) {
        byte[] about = about(direction);
        var newest = new HashMap<String, Reading>();
        for (Entry entry = first(); entry != null; entry = entry.next()) {
            if (entry.isAbout(about) || entry.isAbout(EVERY_TRANSFER)) {
                newest.merge(entry.claimant(), entry.reading(), Reading::newer);
            }
        }
        return newest.values().stream().mapToInt(Reading::high).max().orElse(0);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(entries.length);
        out.write(entries);
    }

    static Readings read(DataInput in) throws IOException {
        var entries = new byte[in.readInt()];
        in.readFully(entries);
        return new Readings(entries);
    }

    /// The lengths of what the claim is about and of the claimant, and then both.
    private static byte[] key(Claimed claimed) {
        byte[] about = claimed.about() == null ? EVERY_TRANSFER : about(claimed.about());
        byte[] claimant = claimed.claimant().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 * Short.BYTES + about.length + claimant.length)
                .putShort((short) about.length)
                .putShort((short) claimant.length)
                .put(about)
                .put(claimant)
                .array();
    }

    private static byte[] about(Direction direction) {
        var category = (char) ('a' + direction.category().ordinal());
        return (direction.from() + '>' + direction.to() + category)
                .getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable Entry find(byte[] key) {
        for (Entry entry = first(); entry != null; entry = entry.next()) {
            if (entry.hasKey(key)) {
                return entry;
            }
        }
        return null;
    }

    private @Nullable Entry first() {
        return entries.length == 0 ? null : new Entry(0);
    }

    /// One of them, by where it begins.
    private final class Entry {
        private final int at;
        private final int aboutLength;
        private final int claimantLength;

        Entry(int at) {
            this.at = at;
            this.aboutLength = length(at);
            this.claimantLength = length(at + Short.BYTES);
        }

        private int length(int index) {
            return ((entries[index] & 0xff) << 8) | (entries[index + 1] & 0xff);
        }

        private int aboutAt() {
            return at + 2 * Short.BYTES;
        }

        int readingAt() {
            return aboutAt() + aboutLength + claimantLength;
        }

        boolean hasKey(byte[] key) {
            return Arrays.equals(entries, at, readingAt(), key, 0, key.length);
        }

        boolean isAbout(byte[] about) {
            return Arrays.equals(
                    entries, aboutAt(), aboutAt() + aboutLength, about, 0, about.length);
        }

        String claimant() {
            return new String(
                    entries, aboutAt() + aboutLength, claimantLength, StandardCharsets.UTF_8);
        }

        Reading reading() {
            return Reading.read(ByteBuffer.wrap(entries, readingAt(), Reading.BYTES));
        }

        @Nullable Entry next() {
            int next = readingAt() + Reading.BYTES;
            return next == entries.length ? null : new Entry(next);
        }
    }
}
