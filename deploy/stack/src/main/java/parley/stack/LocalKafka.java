package parley.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A Kafka broker (KRaft, broker and controller in one) from its artifact, on this machine only.
public final class LocalKafka implements Kafka {
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final int port;
    private final Path log;
    private @Nullable ServerProcess process;

    /// A broker that is yet to be started.
    ///
    /// @param directory where the data is kept; used by one broker at a time
    /// @param log what the broker prints is added to this file
    public LocalKafka(Path directory, int port, Path log) {
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.log = log.toAbsolutePath();
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void start() {
        var ready = directory.resolve("ready");
        var settings = directory.resolve("server.properties");
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(ready);
            try (var out = Files.newBufferedWriter(settings)) {
                settings(FreePort.any()).store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
        var started = ServerProcess.start(plan(settings, ready));
        process = started;
        started.awaitReady(() -> holds(ready, started.pid()), START_PATIENCE);
    }

    /// The process that runs now, or the last one that did.
    public ServerProcess process() {
        if (process == null) {
            throw new IllegalStateException("the broker was never started");
        }
        return process;
    }

    @Override
    public void stop() {
        if (process != null) {
            process.stop(STOP_PATIENCE);
        }
    }

    @Override
    public void kill() {
        process().kill();
    }

    @Override
    public void close() {
        stop();
    }

    private ServerProcess.Plan plan(Path settings, Path ready) {
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dlog4j2.configurationFile=classpath:parley/stack/broker-log4j2.properties",
                        // The shutdown of the broker wants to be logged, too.
                        "-Dlog4j2.shutdownHookEnabled=false",
                        "-cp",
                        BrokerFiles.classPath(),
                        BrokerMain.class.getName(),
                        settings.toString(),
                        ready.toString());
        return new ServerProcess.Plan("kafka", command, Map.of(), log, "TERM");
    }

    private Properties settings(int controllerPort) {
        var settings = new Properties();
        settings.putAll(
                Map.of(
                        "node.id",
                        "1",
                        "process.roles",
                        "broker,controller",
                        "controller.listener.names",
                        "CONTROLLER",
                        "controller.quorum.voters",
                        "1@127.0.0.1:" + controllerPort,
                        "listeners",
                        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                .formatted(port, controllerPort),
                        "advertised.listeners",
                        "PLAINTEXT://127.0.0.1:" + port,
                        "log.dirs",
                        directory.resolve("log").toString()));
        settings.putAll(
                Map.of(
                        // A topic that is misspelt is an error, not a new topic.
                        "auto.create.topics.enable", "false",
                        // A topic that says nothing about it is kept for ever.
                        "log.retention.ms", "-1",
                        // What a power cut may take: the kernel keeps what a killed broker wrote.
                        "log.flush.interval.ms", "1000",
                        "log.flush.scheduler.interval.ms", "1000",
                        // 128 MB by default, a third of the heap.
                        "log.cleaner.dedupe.buffer.size", "16777216",
                        // A killed broker is let in again only once its old session has run out:
                        // after 9 s
                        // by default.
                        "broker.session.timeout.ms", "3000",
                        "broker.heartbeat.interval.ms", "500",
                        "group.initial.rebalance.delay.ms", "0"));
        for (var topic : List.of("offsets.topic", "transaction.state.log")) {
            settings.setProperty(topic + ".replication.factor", "1");
            settings.setProperty(topic + ".num.partitions", "3");
        }
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.num.partitions", "1");
        return settings;
    }

    private static boolean holds(Path file, long pid) {
        try {
            return Files.exists(file) && Files.readString(file).equals(Long.toString(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
