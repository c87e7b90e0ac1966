package parley.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A Kafka broker (KRaft, broker and controller in one) from its artifact, on this machine only.
public final class LocalKafka extends LocalServer implements Kafka {
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);

    private static final String NAME = "kafka";
    private static final String LOGGING = "classpath:parley/stack/broker-log4j2.properties";

    private final Path directory;
    private final int port;
    private final Path log;
    private final Map<String, Integer> secured;
    private final Map<String, String> more;

    /// A broker that is yet to be started.
    ///
    /// @param directory where the data is kept; used by one broker at a time
    /// @param log what the broker prints is added to this file
    public LocalKafka(Path directory, int port, Path log) {
        this(directory, port, log, Map.of(), Map.of());
    }

    /// One that also listens where callers have to say who they are.
    ///
    /// @param secured the ports by their security protocols, `SSL` and `SASL_SSL`
    /// @param more settings of the broker, which those want
    public LocalKafka(
            Path directory,
            int port,
            Path log,
            Map<String, Integer> secured,
            Map<String, String> more) {
        super(START_PATIENCE);
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.log = log.toAbsolutePath();
        this.secured = Map.copyOf(secured);
        this.more = Map.copyOf(more);
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    protected ServerProcess.Plan prepare() {
        var settings = directory.resolve("server.properties");
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(ready());
            try (var out = Files.newBufferedWriter(settings)) {
                settings(FreePort.any()).store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
        return plan(settings);
    }

    @Override
    protected boolean isReady(long pid) {
        try {
            return Files.exists(ready()) && Files.readString(ready()).equals(Long.toString(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Holds the broker's process id while it takes requests.
    private Path ready() {
        return directory.resolve("ready");
    }

    private ServerProcess.Plan plan(Path settings) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ClassCache.options(NAME));
        command.addAll(
                List.of(
                        "-Xmx384m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dlog4j2.configurationFile=" + LOGGING,
                        // The shutdown of the broker wants to be logged, too.
                        "-Dlog4j2.shutdownHookEnabled=false",
                        "-cp",
                        BrokerFiles.classPath(),
                        BrokerMain.class.getName(),
                        settings.toString(),
                        ready().toString()));
        return new ServerProcess.Plan(NAME, command, Map.of(), log, "TERM");
    }

    private Properties settings(int controllerPort) {
        var settings = new Properties();
        settings.putAll(addresses(controllerPort));
        settings.putAll(behaviour());
        settings.putAll(more);
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

    private Map<String, String> addresses(int controllerPort) {
        var listeners = new TreeMap<>(secured);
        listeners.put("PLAINTEXT", port);
        var broker =
                listeners.entrySet().stream()
                        .map(it -> it.getKey() + "://127.0.0.1:" + it.getValue())
                        .collect(Collectors.joining(","));
        var controller = "127.0.0.1:" + controllerPort;
        return Map.of(
                "node.id",
                "1",
                "process.roles",
                "broker,controller",
                "controller.listener.names",
                "CONTROLLER",
                "listener.security.protocol.map",
                "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL",
                "controller.quorum.voters",
                "1@" + controller,
                "listeners",
                broker + ",CONTROLLER://" + controller,
                "advertised.listeners",
                broker,
                "log.dirs",
                directory.resolve("log").toString());
    }

    private static Map<String, String> behaviour() {
        return Map.of(
                // A topic that is misspelt is an error, not a new topic.
                "auto.create.topics.enable", "false",
                // A topic that says nothing about it is kept for ever.
                "log.retention.ms", "-1",
                // What a power cut may take: the kernel keeps what a killed broker wrote.
                "log.flush.interval.ms", "1000",
                "log.flush.scheduler.interval.ms", "1000",
                // 128 MB by default, a third of the heap.
                "log.cleaner.dedupe.buffer.size", "16777216",
                // A killed broker is let in again once its old session has run out: 9 s by default.
                "broker.session.timeout.ms", "3000",
                "broker.heartbeat.interval.ms", "500",
                "group.initial.rebalance.delay.ms", "0");
    }
}
