package parley.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import parley.stack.ServerProcess;

/// Processes that an `up` on the same directory has left running because it was killed.
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Leftovers() {}

    static void stop(StateDirectory state, Console console) {
        for (var member : Member.values()) {
            var pidFile = state.pid(member.label());
            process(pidFile)
                    .filter(process -> isOurs(process, state))
                    .ifPresent(
                            process -> {
                                console.say(
                                        "stopping %s, left by an earlier run"
                                                .formatted(member.label()));
                                var signal = member == Member.POSTGRES ? "INT" : "TERM";
                                ServerProcess.stopLeftover(process, signal, PATIENCE);
                            });
            StateDirectory.delete(pidFile);
        }
    }

    private static Optional<ProcessHandle> process(Path pidFile) {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try {
            return ProcessHandle.of(Long.parseLong(StateDirectory.read(pidFile)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// The number may be another program's by now: only ours name the directory in their command.
    private static boolean isOurs(ProcessHandle process, StateDirectory state) {
        try {
            var command = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
            return command.contains(state.path().toString());
        } catch (IOException e) {
            return false;
        }
    }
}
