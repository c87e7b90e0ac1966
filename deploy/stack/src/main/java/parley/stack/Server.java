package parley.stack;

/// A running server that whoever holds it may stop, kill and start again: on the same data and at
/// the same address each time.
public interface Server extends AutoCloseable {
    /// Returns when the server takes requests.
    ///
    /// @throws ServerFailedException when it ends or is not ready in time; the message has its log
    void start();

    /// In order, as for a release of the server. Does nothing where it does not run.
    void stop();

    /// As `kill -9`: nothing is flushed, nobody is told.
    void kill();

    /// Stops for good; what was temporary is deleted.
    @Override
    void close();
}
