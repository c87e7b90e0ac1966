package parley.ledger.stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import org.jboss.logging.Logger;

/// The connection of one who listens.
final class Line {
    private static final Logger LOG = Logger.getLogger(Line.class);
    private static final long NONE = -1;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private long patience = NONE;

    Line(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.request = request;
    }

    /// It is cut, unless what is sent now is taken within that time.
    synchronized void mustBeTakenWithin(Duration time) {
        taken();
        patience = vertx.setTimer(time.toMillis(), _ -> cut());
    }

    /// What was sent has been taken, or is of no interest any more.
    synchronized void taken() {
        if (patience != NONE) {
            vertx.cancelTimer(patience);
            patience = NONE;
        }
    }

    /// At once, and with all that waits to be sent: Vert.x and the kernel would go on trying.
    private void cut() {
        LOG.debugf("%s takes nothing any more and is cut off", request.remoteAddress());
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            Channel channel = ((ConnectionBase) request.connection()).channel();
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            var _ = channel.pipeline().firstContext().close();
        }
    }
}
