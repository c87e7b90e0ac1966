package parley.stack;

import java.nio.file.Path;

/// Servers for tests, and the one place where it is decided of which kind: containers where an
/// engine answers, or else local processes. Each call starts a server of its own, on a free port
/// and without data; it ends with `close`, or with the JVM.
public final class TestServers {
    private static final String PASSWORD = "parley";

    private static final class Engine {
        static final boolean ANSWERS = ContainerEngine.answers();
    }

    private TestServers() {}

    public static Kafka kafka() {
        return started(Engine.ANSWERS ? new ContainerKafka() : localKafka());
    }

    public static Postgres postgres() {
        return started(Engine.ANSWERS ? new ContainerPostgres(PASSWORD) : localPostgres());
    }

    private static Kafka localKafka() {
        var folder = Folders.temporary("kafka");
        var kafka = new LocalKafka(folder, FreePort.any(), folder.resolve("kafka.log"));
        return new TemporaryKafka(kafka, folder);
    }

    private static Postgres localPostgres() {
        var folder = Folders.temporary("postgres");
        var settings =
                new LocalPostgres.Settings(
                        folder.resolve("data"),
                        programs(),
                        folder.resolve("postgres.log"),
                        FreePort.any(),
                        PASSWORD,
                        false);
        return new TemporaryPostgres(new LocalPostgres(settings), folder);
    }

    /// Beside the broker's, so that one unpacking serves all tests of a build.
    private static Path programs() {
        return BrokerFiles.folder().resolveSibling("postgres");
    }

    private static <S extends Server> S started(S server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "close-test-server"));
        server.start();
        return server;
    }

    private record TemporaryKafka(LocalKafka kafka, Path folder) implements Kafka {
        @Override
        public String bootstrapServers() {
            return kafka.bootstrapServers();
        }

        @Override
        public void start() {
            kafka.start();
        }

        @Override
        public void stop() {
            kafka.stop();
        }

        @Override
        public void kill() {
            kafka.kill();
        }

        @Override
        public void close() {
            kafka.close();
            Folders.delete(folder);
        }
    }

    private record TemporaryPostgres(LocalPostgres postgres, Path folder) implements Postgres {
        @Override
        public Database database(String name) {
            return postgres.database(name);
        }

        @Override
        public void start() {
            postgres.start();
        }

        @Override
        public void stop() {
            postgres.stop();
        }

        @Override
        public void kill() {
            postgres.kill();
        }

        @Override
        public void close() {
            postgres.close();
            Folders.delete(folder);
        }
    }
}
