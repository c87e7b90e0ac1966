package parley.bench.peer;

import java.nio.file.Path;
import parley.bench.lab.Log;
import parley.bench.lab.Peer;

/// Reads the log and does nothing with it: what no projection can outrun.
public final class BareConsumer {
    private BareConsumer() {}

    /// `TOLD BOOTSTRAP_SERVERS`; tells records and nanoseconds, from the first fetch to the last.
    public static void main(String... arguments) throws Exception {
        var log = Log.whole(arguments[1]);
        var clock = new Clock();
        log.read(records -> clock.count(records.size()));
        Peer.tell(Path.of(arguments[0]), clock.told());
    }
}
