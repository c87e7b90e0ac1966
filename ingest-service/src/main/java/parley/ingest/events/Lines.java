package parley.ingest.events;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/// The lines of a stream, one at a time, in memory that does not grow with it.
///
/// The line that was read last lies in [#bytes], from [#start] on, until the next one is read.
final class Lines {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final InputStream stream;
    private final int lineBytesMax;
    private final Duration lineTimeMax;
    private final int bytesPerSecondMin;
    private byte[] buffer = new byte[CHUNK_BYTES];
    private int unreadFrom;
    private int unreadTo;
    private boolean isAtEnd;

    private int start;
    private int length;
    private boolean isTooLong;
    private long number;
    private long waitedNanos;
    private long allBytes;
    private long allWaitedNanos;

    /// @param lineTimeMax how long a line that is not blank may be waited for, in all
    /// @param bytesPerSecondMin for so many bytes all lines together may be waited for a second
    ///     longer than for one
    Lines(InputStream stream, int lineBytesMax, Duration lineTimeMax, int bytesPerSecondMin) {
        this.stream = stream;
        this.lineBytesMax = lineBytesMax;
        this.lineTimeMax = lineTimeMax;
        this.bytesPerSecondMin = bytesPerSecondMin;
    }

    byte[] bytes() {
        return buffer;
    }

    int start() {
        return start;
    }

    /// Without the line feed.
    int length() {
        return length;
    }

    /// Counted from 1.
    long number() {
        return number;
    }

    /// Whether the line has more bytes than a line may have; what it says is gone then.
    boolean isTooLong() {
        return isTooLong;
    }

    boolean isBlank() {
        for (int index = start; index < start + length; index++) {
            if (buffer[index] != ' ' && buffer[index] != '\t' && buffer[index] != '\r') {
                return false;
            }
        }
        return !isTooLong;
    }

    /// Goes to the next line, or tells that there is none.
    boolean advance() throws IOException {
        isTooLong = false;
        int searched = 0;
        while (true) {
            int feed = lineFeed(unreadFrom + searched);
            if (feed >= 0) {
                take(feed, feed + 1);
                return true;
            }
            searched = unreadTo - unreadFrom;
            if (searched > lineBytesMax) {
                isTooLong = true; // Only where it ends is still of interest.
                unreadFrom = unreadTo;
                searched = 0;
            }
            if (isAtEnd || !fill()) {
                boolean hasRest = searched > 0 || isTooLong;
                if (hasRest) {
                    take(unreadTo, unreadTo);
                }
                return hasRest;
            }
        }
    }

    private void take(int end, int next) {
        start = unreadFrom;
        length = end - unreadFrom;
        isTooLong |= length > lineBytesMax;
        unreadFrom = next;
        number++;
        if (!isBlank()) {
            waitedNanos = 0;
        }
    }

    private int lineFeed(int from) {
        for (int index = from; index < unreadTo; index++) {
            if (buffer[index] == '\n') {
                return index;
            }
        }
        return -1;
    }

    /// Reads on. Makes room first, by moving what is unread to the front or by growing the buffer,
    /// which stays below twice the longest line.
    private boolean fill() throws IOException {
        if (unreadTo == buffer.length) {
            if (unreadFrom > 0) {
                System.arraycopy(buffer, unreadFrom, buffer, 0, unreadTo - unreadFrom);
                unreadTo -= unreadFrom;
                unreadFrom = 0;
            } else {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
        }
        long began = System.nanoTime();
        int read = stream.read(buffer, unreadTo, buffer.length - unreadTo);
        long waited = System.nanoTime() - began;
        waitedNanos += waited;
        allWaitedNanos += waited;
        if (waitedNanos > lineTimeMax.toNanos()) {
            throw SlowStreamException.atLine(number + 1, lineTimeMax);
        }
        isAtEnd = read < 0;
        unreadTo += Math.max(read, 0);
        allBytes += Math.max(read, 0);
        if (!isAtEnd && allWaitedNanos > allTimeMax().toNanos()) {
            throw SlowStreamException.onTheWhole(number, bytesPerSecondMin);
        }
        return !isAtEnd;
    }

    /// Only what was waited for counts: whom we slow down, or the log does, is not slow.
    private Duration allTimeMax() {
        return lineTimeMax.plusMillis(allBytes * 1_000 / bytesPerSecondMin);
    }
}
