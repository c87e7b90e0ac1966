package parley.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A server that ended, or was not ready in time. Says where its log is, and how the log ends.
public final class ServerFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LINES_SHOWN_MAX = 20;
    private static final int BYTES_READ_MAX = 8_192;

    ServerFailedException(String message, Path log) {
        super(message + "; the end of " + log + ":\n" + end(log));
    }

    static ServerFailedException ended(String name, int exitCode, Path log) {
        return new ServerFailedException(name + " ended with exit code " + exitCode, log);
    }

    static ServerFailedException late(String name, Duration patience, Path log) {
        return new ServerFailedException(
                "%s was not ready in %d s".formatted(name, patience.toSeconds()), log);
    }

    private static String end(Path log) {
        try (var file = Files.newByteChannel(log);
                var in = java.nio.channels.Channels.newInputStream(file)) {
            file.position(Math.max(0, file.size() - BYTES_READ_MAX));
            var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN_MAX), lines.size()));
        } catch (IOException e) {
            return "(it cannot be read: " + e.getMessage() + ")";
        }
    }
}
