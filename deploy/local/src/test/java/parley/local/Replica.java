package parley.local;

import java.net.URI;

/// One of several that run one service.
record Replica(URI address, QuarkusService service) implements AutoCloseable {
    @Override
    public void close() {
        service.close();
    }
}
