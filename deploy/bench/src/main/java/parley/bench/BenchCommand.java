package parley.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.AppInfoParser;
import org.hibernate.Version;
import org.jspecify.annotations.Nullable;
import parley.bench.comparisons.Comparison;
import parley.bench.comparisons.Comparisons;
import parley.bench.comparisons.Size;
import parley.bench.lab.Lab;
import parley.bench.lab.Labs;
import parley.bench.measured.Alternation;
import parley.bench.measured.Work;
import parley.bench.report.Machine;
import parley.bench.report.Report;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `deploy/bench/run`, once the script of that name has found a JDK and built what was not built.
@Command(
        name = "run",
        sortOptions = false,
        usageHelpAutoWidth = true,
        showDefaultValues = true,
        mixinStandardHelpOptions = true,
        description =
                "Measures Parley against limits and peers on this machine, in turn, and writes"
                        + " tables and plots to deploy/bench/results.")
final class BenchCommand implements Callable<Integer> {
    private static final Path REPOSITORY =
            Path.of(System.getProperty("parley.local.repository", "")).toAbsolutePath();

    @Parameters(
            paramLabel = "COMPARISON",
            description =
                    "Which comparisons to run: ${COMPLETION-CANDIDATES}."
                            + " All where none is named.",
            completionCandidates = Names.class)
    private List<String> names = List.of();

    @Option(names = "--quick", description = "Small sizes: to see that all of it runs.")
    private boolean isQuick;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "How often each contender runs. Default: 5, or 1 with --quick.")
    private int pairs;

    @Option(
            names = "--events",
            paramLabel = "N",
            description =
                    "How long the log of most comparisons is. Default: 1000000, or 15000 with"
                            + " --quick.")
    private int events;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description =
                    "How long callers call, after as long to warm up. Default: 10, or 0.5 with"
                            + " --quick.")
    private int seconds;

    @Option(
            names = "--growth-max",
            paramLabel = "EVENTS",
            defaultValue = "1000000",
            description = "The longest log of the comparison `growth`.")
    private int growthMax;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "Where the tables go. Default: deploy/bench/results.")
    private Path results = REPOSITORY.resolve("deploy/bench/results");

    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    private final long begun = System.nanoTime();

    private BenchCommand() {}

    /// The names that may be given.
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Comparisons.all().stream().map(Comparison::name).iterator();
        }
    }

    public static void main(String... arguments) {
        System.exit(new CommandLine(new BenchCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<Comparison> chosen = chosen();
        Size size = isQuick ? Size.quick() : Size.full(growthMax);
        if (events > 0) {
            size = size.of(events);
        }
        if (seconds > 0) {
            size = size.loadedFor(Duration.ofSeconds(seconds));
        }
        int rounds = pairs > 0 ? pairs : isQuick ? 1 : 5;
        var alternation = new Alternation(rounds, this::say);
        double load = Machine.load();
        var failed = new ArrayList<String>();
        try (var labs =
                new Labs(REPOSITORY, REPOSITORY.resolve("deploy/bench/target/labs"), this::say)) {
            Runtime.getRuntime().addShutdownHook(new Thread(labs::close));
            for (Comparison comparison : chosen) {
                try {
                    comparison.run(labs, size, alternation);
                } catch (Exception failure) {
                    // The others are worth their hours all the same.
                    failure.printStackTrace();
                    failed.add(comparison.name());
                    labs.renew();
                }
                report(comparison.name(), alternation, circumstances(size, rounds, load));
            }
        }
        say("the tables and plots are in " + results);
        if (!failed.isEmpty()) {
            say("not all was measured: these failed: " + failed);
            return CommandLine.ExitCode.SOFTWARE;
        }
        return CommandLine.ExitCode.OK;
    }

    private void report(
            String comparison, Alternation alternation, Map<String, String> circumstances)
            throws IOException {
        List<Work> works =
                alternation.done().stream()
                        .filter(work -> work.comparison().equals(comparison))
                        .toList();
        if (!works.isEmpty()) {
            new Report(comparison, works, circumstances).write(results);
        }
        Report.collect(results, Comparisons.all().stream().map(Comparison::name).toList());
    }

    private List<Comparison> chosen() {
        List<Comparison> all = Comparisons.all();
        List<String> known = all.stream().map(Comparison::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        Objects.requireNonNull(spec).commandLine(),
                        "There is no comparison '%s', but %s".formatted(name, known));
            }
        }
        return all.stream().filter(it -> names.isEmpty() || names.contains(it.name())).toList();
    }

    private Map<String, String> circumstances(Size size, int rounds, double load)
            throws IOException {
        var words = new LinkedHashMap<String, String>();
        words.put("day", LocalDate.now(ZoneOffset.UTC).toString());
        words.putAll(Machine.described());
        words.put("load before", String.format(Locale.ROOT, "%.2f", load));
        words.putAll(versions());
        words.put("pairs", Integer.toString(rounds));
        words.put("events", "%,d".formatted(size.events()));
        words.put("callers call for", "%.1f s".formatted(size.loadFor().toMillis() / 1e3));
        words.put(
                "heap of each service and peer",
                "512 MiB (Kafka Streams: 1 GiB), parallel collector");
        words.put(
                "PostgreSQL",
                "%s, fsync and synchronous_commit on, shared_buffers %d MiB, max_wal_size twice that"
                        .formatted(words.get("PostgreSQL"), Lab.BUFFER_MEBIBYTES));
        return words;
    }

    private static Map<String, String> versions() throws IOException {
        var stack = new Properties();
        try (var in = BenchCommand.class.getResourceAsStream("/parley/stack/versions.properties")) {
            stack.load(in);
        }
        var versions = new LinkedHashMap<String, String>();
        versions.put("Kafka", stack.getProperty("kafka"));
        versions.put("PostgreSQL", stack.getProperty("postgres"));
        versions.put("Kafka clients and Streams of the peers", AppInfoParser.getVersion());
        versions.put("Hibernate of the peers", Version.getVersionString());
        return versions;
    }

    private void say(String line) {
        var elapsed = Duration.ofNanos(System.nanoTime() - begun);
        System.out.printf(Locale.ROOT, "%7.1f s  %s%n", elapsed.toMillis() / 1e3, line);
    }
}
