package parley.ingest.connections;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.net.impl.VertxHandler;

/// Stops reading from who sends requests faster than he is answered (RFC 9112, 9.3.2): the server
/// would keep all of them. Used by the connection's event loop alone.
final class RequestsAhead extends ChannelInboundHandlerAdapter {
    private static final int MAX = 16;

    /// The one that is just being handled came before this was there to see it.
    private int unanswered = 1;

    /// Begins to count, where a connection's requests come one behind the other.
    static void of(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        ChannelHandlerContext requests = pipeline.context(VertxHandler.class);
        if (requests != null && pipeline.get(RequestsAhead.class) == null) {
            pipeline.addBefore(requests.name(), null, new RequestsAhead());
        }
    }

    /// One has been answered.
    static void answered(Channel channel) {
        var ahead = channel.pipeline().get(RequestsAhead.class);
        if (ahead != null && --ahead.unanswered == MAX) {
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest && ++unanswered > MAX) {
            context.channel().config().setAutoRead(false);
        }
        context.fireChannelRead(message);
    }
}
