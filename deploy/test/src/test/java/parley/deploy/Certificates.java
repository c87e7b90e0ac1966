package parley.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Certificates of an authority of their own, as Strimzi makes them, by the JDK's `keytool`.
final class Certificates {
    /// Of every store.
    static final String PASSWORD = "changeit";

    private final Path folder;

    /// Makes the authority, with its files in a folder that is there.
    Certificates(Path folder) {
        this.folder = folder;
        make("ca", "-ext", "bc:c");
        keytool("ca", "-exportcert", "-rfc", "-alias", "ca", "-file", authority().toString());
    }

    /// The authority's certificate, as PEM.
    Path authority() {
        return folder.resolve("ca.crt");
    }

    /// A key with a certificate for that name on this machine, as PKCS #12.
    Path store(String name) {
        Path request = folder.resolve(name + ".csr");
        Path certificate = folder.resolve(name + ".crt");
        make(name);
        keytool(name, "-certreq", "-alias", name, "-file", request.toString());
        keytool(
                "ca",
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-ext",
                "san=ip:127.0.0.1",
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString());
        keytool(name, "-importcert", "-noprompt", "-alias", "ca", "-file", authority().toString());
        keytool(name, "-importcert", "-alias", name, "-file", certificate.toString());
        return file(name);
    }

    private void make(String name, String... more) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "-genkeypair",
                                "-alias",
                                name,
                                "-dname",
                                "CN=" + name,
                                "-keyalg",
                                "EC",
                                "-validity",
                                "2"));
        arguments.addAll(List.of(more));
        keytool(name, arguments.toArray(String[]::new));
    }

    private Path file(String name) {
        return folder.resolve(name + ".p12");
    }

    private void keytool(String store, String... arguments) {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                                "-keystore",
                                file(store).toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD));
        command.addAll(List.of(arguments));
        Path said = folder.resolve("keytool.log");
        try {
            int exitCode =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start()
                            .waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException(Files.readString(said));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
