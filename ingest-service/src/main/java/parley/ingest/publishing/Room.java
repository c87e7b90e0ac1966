package parley.ingest.publishing;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import parley.ingest.problem.ProblemException;
import parley.ingest.problem.ProblemKind;

/// The memory that long bodies may fill, in KiB. While they come in, it is an eighth of the heap,
/// of which each publisher has a share: one who sends slowly keeps nobody else out. What they say
/// may fill a quarter, from when they are there until they are answered.
@Singleton
class Room {
    private static final int HEAP_KIBIBYTES = (int) (Runtime.getRuntime().maxMemory() >> 10);
    private static final int INCOMING = HEAP_KIBIBYTES / 8;
    private static final int SHARE = Math.min(16 << 10, INCOMING / 2);
    private static final int SAID = HEAP_KIBIBYTES / 4;

    /// A tree of JSON takes several times what its text does.
    private static final int TREE_PER_TEXT = 8;

    private static final long WAIT_SECONDS_MAX = 10;

    private final Semaphore incoming = new Semaphore(INCOMING, true);
    private final Semaphore said = new Semaphore(SAID, true);
    private final Map<String, Semaphore> shares = new ConcurrentHashMap<>();

    /// Room that is held.
    interface Held {
        /// To be called once.
        void giveBack();
    }

    /// Waits for room to read a body of at most so many bytes; a [ProblemException] says that there
    /// is none for now.
    Held toRead(String publisher, int bytesMax) {
        int kibibytes = Math.min(bytesMax >> 10, SHARE);
        Semaphore share = shares.computeIfAbsent(publisher, _ -> new Semaphore(SHARE, true));
        Held own = take(share, kibibytes);
        try {
            Held all = take(incoming, kibibytes);
            return () -> {
                all.giveBack();
                own.giveBack();
            };
        } catch (ProblemException full) {
            own.giveBack();
            throw full;
        }
    }

    /// Waits for room for what a body of so many bytes says.
    Held toUnderstand(int bytes) {
        return take(said, Math.min((bytes >> 10) * TREE_PER_TEXT, SAID));
    }

    private static Held take(Semaphore room, int kibibytes) {
        try {
            if (room.tryAcquire(kibibytes, WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                return () -> room.release(kibibytes);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(ProblemKind.OVERLOADED, ProblemKind.OVERLOADED.meaning());
    }
}
