package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversIT {
    @TempDir Path folder;

    @Test
    void whatAKilledRunHasLeftIsStopped() throws IOException {
        var state = new StateDirectory(folder);
        var ours = process(folder.resolve("of-ours").toString());
        StateDirectory.write(state.pid("kafka"), Long.toString(ours.pid()));

        Leftovers.stop(state, new Console(System.out));

        assertThat(ours.isAlive()).isFalse();
        assertThat(state.pid("kafka")).doesNotExist();
    }

    @Test
    void aStrangerWhoHasGotTheNumberOfAProcessOfOursIsLeftAlone() throws Exception {
        var state = new StateDirectory(folder);
        var stranger = process("of-another");
        StateDirectory.write(state.pid("kafka"), Long.toString(stranger.pid()));

        Leftovers.stop(state, new Console(System.out));

        assertThat(stranger.isAlive()).isTrue();
        assertThat(state.pid("kafka")).doesNotExist();
        stranger.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    /// A shell that waits for input which never comes, and takes anything as its arguments.
    private static Process process(String argument) throws IOException {
        return new ProcessBuilder("sh", "-c", "read -r line", argument).start();
    }
}
