package parley.local;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import parley.stack.ServerFailedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/// `deploy/local/up`, once the script of that name has found a JDK and built what was not built.
@Command(
        name = "up",
        sortOptions = false,
        usageHelpAutoWidth = true,
        showDefaultValues = true,
        description =
                "Runs all of Parley on this machine: Kafka, PostgreSQL and both services, with the"
                        + " data of deploy/data. Ctrl-C stops it in order.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "130, 143:stopped by Ctrl-C or by TERM, in order",
            "1:not started; the reason is printed",
            "2:an option is wrong"
        })
final class UpCommand implements Callable<Integer> {
    private static final String REPOSITORY = System.getProperty("parley.local.repository", "");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the log, the database, the keys and the logs live."
                            + " Default: deploy/local/state in the repository.")
    private @Nullable Path data;

    @Option(names = "--empty", description = "Load no data.")
    private boolean isEmpty;

    @Option(
            names = "--ingest-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where ingest-service listens.")
    private int ingestPort;

    @Option(
            names = "--ledger-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Where ledger-service listens.")
    private int ledgerPort;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Where Kafka listens.")
    private int kafkaPort;

    @Option(
            names = "--postgres-port",
            paramLabel = "PORT",
            defaultValue = "5432",
            description = "Where PostgreSQL listens.")
    private int postgresPort;

    private UpCommand() {}

    public static void main(String[] arguments) {
        var up = new CommandLine(new UpCommand());
        up.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Shows this.")
                                .build());
        System.exit(up.execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        LocalSystem system;
        var console = new Console(System.out);
        try {
            system = new LocalSystem(plan(), console);
        } catch (UpException e) {
            return failed(e, CommandLine.ExitCode.USAGE);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop"));
        try {
            system.start();
        } catch (RuntimeException e) {
            if (system.isClosing()) {
                // A signal came, and what fails now fails because of it.
                return CommandLine.ExitCode.OK;
            }
            if (e instanceof UpException || e instanceof ServerFailedException) {
                return failed(e, CommandLine.ExitCode.SOFTWARE);
            }
            throw e;
        }
        welcome(console);
        new CountDownLatch(1).await(); // Until a signal ends this JVM.
        return CommandLine.ExitCode.OK;
    }

    private LocalSystem.Plan plan() {
        var repository = Path.of(REPOSITORY).toAbsolutePath();
        var state = data == null ? repository.resolve("deploy/local/state") : data;
        return new LocalSystem.Plan(repository, state, ports(), isEmpty);
    }

    private Ports ports() {
        return new Ports(ingestPort, ledgerPort, kafkaPort, postgresPort);
    }

    private static int failed(RuntimeException e, int exitCode) {
        System.err.println(e.getMessage());
        return exitCode;
    }

    private void welcome(Console console) {
        console.sayPlainly(
                ("Parley is up: ingest http://localhost:%d, ledger http://localhost:%d,"
                                + " Kafka localhost:%d, PostgreSQL localhost:%d")
                        .formatted(ingestPort, ledgerPort, kafkaPort, postgresPort));
        console.say(
                "Tokens are in %s; Ctrl-C stops it".formatted(plan().state().resolve("tokens")));
    }
}
