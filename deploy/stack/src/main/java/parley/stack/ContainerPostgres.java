package parley.stack;

import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/// PostgreSQL from its image.
final class ContainerPostgres extends ContainerServer implements Postgres {
    private static final String SUPERUSER = "parley";

    private final PostgreSQLContainer container;

    ContainerPostgres(String password) {
        this(
                new PostgreSQLContainer(
                                DockerImageName.parse(Versions.ofThisBuild().postgresImage()))
                        .withDatabaseName("postgres")
                        .withUsername(SUPERUSER)
                        .withPassword(password));
    }

    private ContainerPostgres(PostgreSQLContainer container) {
        super(
                // The same order of texts as LocalPostgres has.
                container.withEnv(
                        "POSTGRES_INITDB_ARGS",
                        "--locale=C --locale-provider=builtin --builtin-locale=C.UTF-8"),
                PostgreSQLContainer.POSTGRESQL_PORT,
                "pg_isready",
                "--username=" + SUPERUSER);
        this.container = container;
    }

    @Override
    public Database database(String name) {
        var url =
                "jdbc:postgresql://%s:%d/postgres"
                        .formatted(
                                container.getHost(),
                                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT));
        var password = container.getPassword();
        return new Database(url, container.getUsername(), password).make(name, password);
    }
}
