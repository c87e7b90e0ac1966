package parley.stack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs, unpacked from their artifact: `initdb`, `pg_ctl` and `postgres`.
record PostgresFiles(Path home) {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

    /// Unpacks into `parent` where that was not done yet. Nobody ever sees half of it, and of two
    /// who unpack at the same time the second takes what the first has made.
    static PostgresFiles unpackedIn(Path parent) {
        if (!System.getProperty("os.name").equals("Linux")
                || !System.getProperty("os.arch").equals("amd64")) {
            throw new IllegalStateException(
                    "PostgreSQL is taken from an artifact for Linux on x86-64, which this is not");
        }
        var home = parent.resolve("postgres-" + Versions.ofThisBuild().postgres());
        if (Files.isDirectory(home)) {
            return new PostgresFiles(home);
        }
        try {
            Files.createDirectories(parent);
            var unpacked = Files.createTempDirectory(parent, "unpacking");
            try (var in = PostgresFiles.class.getResourceAsStream(ARCHIVE)) {
                if (in == null) {
                    throw new IllegalStateException("not on the class path: " + ARCHIVE);
                }
                unpack(in, unpacked);
            }
            Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
            takePlace(unpacked, home);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack PostgreSQL into " + parent, e);
        }
        return new PostgresFiles(home);
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static void takePlace(Path unpacked, Path home) throws IOException {
        try {
            Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            Folders.delete(unpacked);
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    private static void unpack(InputStream archive, Path into) throws IOException {
        try (var tar =
                new TarArchiveInputStream(
                        new BufferedInputStream(
                                new XZInputStream(new BufferedInputStream(archive))))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, into);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path into)
            throws IOException {
        var path = entry.resolveIn(into);
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        var folder = path.resolveSibling("");
        Files.createDirectories(folder);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(path, into.resolve(entry.getLinkName()).normalize());
        } else {
            Files.copy(content, path);
            var isProgram = folder.endsWith("bin");
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
