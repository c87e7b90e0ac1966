package parley.stack;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;

/// How a service connects to its database.
public record Database(String jdbcUrl, String user, String password) {
    /// For a superuser: makes the role and the database where they are missing.
    Database make(String name, String newPassword) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a name for a database: " + name);
        }
        try (var connection = connect();
                var statement = connection.createStatement()) {
            var role = newPassword.replace("'", "''");
            if (!exists(connection, "select 1 from pg_roles where rolname = ?", name)) {
                statement.execute("create role %s login password '%s'".formatted(name, role));
            }
            if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
                statement.execute("create database %s owner %s".formatted(name, name));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make database " + name, e);
        }
        return new Database(jdbcUrl.replaceFirst("/[^/]*$", "/" + name), name, newPassword);
    }

    /// Not by the driver manager, which looks for drivers in another class loader than a test's.
    private Connection connect() throws SQLException {
        var credentials = new Properties();
        credentials.putAll(Map.of("user", user, "password", password));
        for (var driver : ServiceLoader.load(Driver.class, Database.class.getClassLoader())) {
            var connection = driver.connect(jdbcUrl, credentials);
            if (connection != null) {
                return connection;
            }
        }
        throw new SQLException("no driver for " + jdbcUrl);
    }

    private static boolean exists(Connection connection, String query, String name)
            throws SQLException {
        try (var select = connection.prepareStatement(query)) {
            select.setString(1, name);
            try (var rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }
}
