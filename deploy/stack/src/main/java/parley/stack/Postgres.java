package parley.stack;

import java.util.UUID;

/// A PostgreSQL server.
public interface Postgres extends Server {
    /// The database of that name, made where there is none, with an owner of the same name who may
    /// do in it what a service may in production, and is no superuser.
    ///
    /// @param name lower-case letters, digits and `_`
    Database database(String name);

    /// An empty database that no other test has.
    default Database freshDatabase() {
        return database("fresh_" + UUID.randomUUID().toString().replace("-", ""));
    }
}
