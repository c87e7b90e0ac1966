package parley.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// All that is kept between two runs: the log, the database, the keys, and what the processes
/// print.
public record StateDirectory(Path path) {
    public StateDirectory {
        path = path.toAbsolutePath().normalize();
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    /// With the database, whose it is: keys may be deleted to have new ones, this may not.
    Path postgresPassword() {
        return postgres().resolve("password");
    }

    Path key(String name) {
        return path.resolve("keys").resolve(name);
    }

    public Path token(String name) {
        return path.resolve("tokens").resolve(name + ".jwt");
    }

    public Path log(String process) {
        return path.resolve("logs").resolve(process + ".log");
    }

    Path pid(String process) {
        return path.resolve("pids").resolve(process);
    }

    /// Which data is on the log already. It lies with the log, so that both go together.
    Path loaded(String file) {
        return kafka().resolve("loaded").resolve(file);
    }

    /// Makes the directory, and keeps every other `up` out of it for as long as the lock is
    /// referred to. The system drops it with the process, so a killed `up` does not leave it
    /// behind.
    FileLock lock() {
        try {
            Files.createDirectories(path);
            var file = new RandomAccessFile(path.resolve("lock").toFile(), "rw");
            var lock = file.getChannel().tryLock();
            if (lock == null) {
                throw new UpException(
                        ("%s is in use by another `up`, process %s: stop that, or choose another"
                                        + " directory with --data")
                                .formatted(path, file.readLine()));
            }
            file.setLength(0);
            file.write(
                    Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8));
            return lock;
        } catch (OverlappingFileLockException e) {
            throw new UpException(path + " is in use by this very process", e);
        } catch (IOException e) {
            throw new UpException("Cannot use " + path, e);
        }
    }

    /// Starts a new log for the process; the one before it is kept.
    void turnLog(String process) {
        var log = log(process);
        try {
            Files.createDirectories(log.resolveSibling(""));
            if (Files.exists(log)) {
                var previous = log.resolveSibling(log.getFileName() + ".1");
                Files.move(log, previous, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Complete or not at all, for its owner's eyes only.
    static void write(Path file, String content) {
        try {
            var folder = file.resolveSibling("");
            Files.createDirectories(folder);
            var ownerOnly =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));
            var written = Files.createTempFile(folder, "new", "", ownerOnly);
            Files.writeString(written, content);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
