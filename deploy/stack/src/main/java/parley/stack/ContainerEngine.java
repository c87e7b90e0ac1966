package parley.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/// Whether containers can be had here.
final class ContainerEngine {
    private static final String SOCKET = "unix:///var/run/docker.sock";

    private ContainerEngine() {}

    /// The socket is tried first: where nobody listens on it, Testcontainers would take half a
    /// second to find that out, and log it as an error, which it is not.
    static boolean answers() {
        var host = System.getenv("DOCKER_HOST");
        return listens(URI.create(host == null || host.isBlank() ? SOCKET : host))
                && DockerClientFactory.instance().isDockerAvailable();
    }

    private static boolean listens(URI host) {
        var isUnix = "unix".equals(host.getScheme());
        SocketAddress address =
                isUnix
                        ? UnixDomainSocketAddress.of(Path.of(host.getPath()))
                        : new InetSocketAddress(host.getHost(), host.getPort());
        var family = isUnix ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
        try (var socket = SocketChannel.open(family)) {
            return socket.connect(address);
        } catch (IOException e) {
            return false;
        }
    }
}
