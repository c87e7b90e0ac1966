package parley.ledger.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Ties the transaction that takes a batch into the books to the requests that put it on the log.
///
/// @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
@ApplicationScoped
class IntakeTracing {
    /// More links than a tracing system shows help nobody.
    private static final int LINKS_MAX = 64;

    private static final TextMapGetter<Headers> HEADERS = new HeaderGetter();

    private final Tracer tracer;

    IntakeTracing(Tracer tracer) {
        this.tracer = tracer;
    }

    /// A span of the batch, begun; whoever asked for it ends it.
    Span begin(Collection<List<ConsumerRecord<byte[], byte[]>>> records) {
        SpanBuilder span =
                tracer.spanBuilder("take into the books")
                        .setSpanKind(SpanKind.CONSUMER)
                        .setAttribute("messaging.system", "kafka")
                        .setAttribute(
                                "messaging.batch.message_count",
                                records.stream().mapToInt(List::size).sum());
        records.stream()
                .flatMap(List::stream)
                .map(ConsumerRecord::headers)
                .filter(headers -> headers.lastHeader("traceparent") != null)
                .limit(LINKS_MAX)
                .map(
                        headers ->
                                W3CTraceContextPropagator.getInstance()
                                        .extract(Context.root(), headers, HEADERS))
                .forEach(sent -> span.addLink(Span.fromContext(sent).getSpanContext()));
        return span.startSpan();
    }

    private static final class HeaderGetter implements TextMapGetter<Headers> {
        @Override
        public Iterable<String> keys(Headers headers) {
            return List.of("traceparent", "tracestate");
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String key) {
            Header header = headers == null ? null : headers.lastHeader(key);
            return header == null || header.value() == null
                    ? null
                    : new String(header.value(), UTF_8);
        }
    }
}
