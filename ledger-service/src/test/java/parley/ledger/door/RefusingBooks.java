package parley.ledger.door;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.Driver;

/// Makes PostgreSQL cut all connections to the books and refuse new ones, until it is closed.
final class RefusingBooks implements AutoCloseable {
    private final String url = setting("jdbc.url");
    private final String database = url.substring(url.lastIndexOf('/') + 1).replaceAll("\\?.*", "");

    RefusingBooks() {
        execute("alter database " + database + " allow_connections false");
        execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
                        .formatted(database));
    }

    @Override
    public void close() {
        execute("alter database " + database + " allow_connections true");
    }

    private void execute(String sql) {
        try (var connection = beside();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Connection beside() throws SQLException {
        var credentials = new Properties();
        credentials.put("user", setting("username"));
        credentials.put("password", setting("password"));
        var connection =
                new Driver().connect(url.replace("/" + database, "/postgres"), credentials);
        if (connection == null) {
            throw new SQLException("not an address of PostgreSQL: " + url);
        }
        return connection;
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue("quarkus.datasource." + name, String.class);
    }
}
