package parley.stack;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;

/// A server in a container. Its port on this machine is chosen before it starts, since an engine
/// gives a container that is started again another one, and the address must stay.
abstract class ContainerServer implements Server {
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final int STOP_PATIENCE_SECONDS = 30;

    private final GenericContainer<?> container;
    private final String[] readinessProbe;

    /// @param readinessProbe a command in the container that succeeds when the server takes
    /// requests
    ContainerServer(GenericContainer<?> container, int serverPort, String... readinessProbe) {
        this.container = container;
        this.readinessProbe = readinessProbe.clone();
        var binding =
                new PortBinding(
                        Ports.Binding.bindPort(FreePort.any()), new ExposedPort(serverPort));
        container.withCreateContainerCmdModifier(
                command -> {
                    var host =
                            Objects.requireNonNullElseGet(command.getHostConfig(), HostConfig::new);
                    command.withHostConfig(host.withPortBindings(binding));
                });
    }

    @Override
    public final void start() {
        if (container.getContainerId() == null) {
            container.start();
            return;
        }
        container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
        awaitReady();
    }

    @Override
    public final void stop() {
        container
                .getDockerClient()
                .stopContainerCmd(container.getContainerId())
                .withTimeout(STOP_PATIENCE_SECONDS)
                .exec();
    }

    @Override
    public final void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public final void close() {
        container.stop();
    }

    private void awaitReady() {
        var deadline = Instant.now().plus(START_PATIENCE);
        try {
            while (container.execInContainer(readinessProbe).getExitCode() != 0) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("not ready in time: " + container.getLogs());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a container starts", e);
        }
    }
}
