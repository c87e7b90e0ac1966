package parley.ledger.views;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.ParsableMIMEValue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.ledger.views.KeptAnswers.Question;

/// Gives an answer again for as long as the books stand where they stood when it was given: without
/// a query, and without rendering it. Whoever has it already and would rather wait is held.
///
/// Of those who ask for the same while it is rendered, one asks the books and the others wait for
/// it: however many poll, each position is read once.
@ApplicationScoped
class StandingAnswersFilter {
    /// Behind Quarkus' own filters, those that look at who asks: whoever gets here may read.
    private static final int BEHIND_AUTHORIZATION = SecurityHandlerPriorities.AUTHORIZATION / 2;

    /// Where everyone may read, nobody need be asked who he is unless he says so.
    private static final int AHEAD_OF_AUTHENTICATION = SecurityHandlerPriorities.AUTHENTICATION + 1;

    /// The property of a request whose answer others wait for: whom to tell it.
    private static final String ANSWERED = "parley.answered";

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final List<String> NOT_KEPT =
            List.of("/v1/audit", "/v1/generations", "/v1/stream");
    private static final List<MIMEHeader> FORMATS =
            Arrays.stream(Format.values())
                    .<MIMEHeader>map(it -> new ParsableMIMEValue(it.mediaType()).forceParse())
                    .toList();

    private final KeptAnswers answers;
    private final PositionWatch watch;
    private final Keeping keeping;
    private final Map<Question, List<Asking>> rendered = new ConcurrentHashMap<>();

    StandingAnswersFilter(KeptAnswers answers, PositionWatch watch, Keeping keeping) {
        this.answers = answers;
        this.watch = watch;
        this.keeping = keeping;
    }

    /// Gives an answer that is about to be sent to those who wait for the same, whether or not it
    /// is kept, and whatever becomes of him who asked.
    static void share(RoutingContext context, KeptAnswer answer) {
        Consumer<KeptAnswer> others = context.get(ANSWERED);
        if (others != null) {
            others.accept(answer);
        }
    }

    void register(@Observes Filters filters) {
        filters.register(context -> route(context, isAnonymous(context)), AHEAD_OF_AUTHENTICATION);
        filters.register(context -> route(context, !isAnonymous(context)), BEHIND_AUTHORIZATION);
    }

    private boolean isAnonymous(RoutingContext context) {
        return keeping.isForEveryone()
                && !context.request().headers().contains(HttpHeaders.AUTHORIZATION);
    }

    private void route(RoutingContext context, boolean isHere) {
        if (isHere) {
            route(context);
        } else {
            context.next();
        }
    }

    private void route(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<Duration> wait = wait(request);
        Optional<Format> format = format(context);
        if (!READS.contains(request.method())
                || !isKept(context)
                || wait.isEmpty()
                || format.isEmpty()
                || watch.isInDoubt()) {
            context.next();
            return;
        }
        new Asking(context, Question.of(request.absoluteURI(), format.get()), wait.get()).ask();
    }

    /// What is asked of a moment, or of the books themselves, is not: nobody waits for it.
    private static boolean isKept(RoutingContext context) {
        String path = context.normalizedPath();
        if (!path.startsWith("/v1/") || context.request().uri().contains("knownAt=")) {
            return false;
        }
        for (String notKept : NOT_KEPT) {
            if (path.startsWith(notKept)) {
                return false;
            }
        }
        return true;
    }

    /// Most ask without parameters, and need none parsed.
    private static @Nullable String parameter(HttpServerRequest request, String name) {
        return request.uri().indexOf('?') < 0 ? null : request.getParam(name);
    }

    private static Optional<Duration> wait(HttpServerRequest request) {
        String wait = parameter(request, LongPoll.PARAMETER);
        return wait == null ? Optional.of(Duration.ZERO) : LongPoll.parsed(wait);
    }

    private static Optional<Format> format(RoutingContext context) {
        String named = parameter(context.request(), Format.PARAMETER);
        if (named != null) {
            return Format.named(named);
        }
        String accepted = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accepted == null || accepted.equals("*/*")) {
            return Optional.of(Format.JSON);
        }
        MIMEHeader best =
                context.parsedHeaders()
                        .findBestUserAcceptedIn(context.parsedHeaders().accept(), FORMATS);
        return best == null
                ? Optional.empty()
                : Optional.of(Format.values()[FORMATS.indexOf(best)]);
    }

    /// Those who followed who asked the books, once only.
    private List<Asking> released(Question question, List<Asking> followers) {
        var released = new ArrayList<Asking>();
        rendered.computeIfPresent(
                question,
                (_, now) -> {
                    if (now != followers) {
                        return now;
                    }
                    released.addAll(followers);
                    return null;
                });
        return released;
    }

    /// A request, which may be held until there is something to be said to it.
    private final class Asking {
        private final RoutingContext context;
        private final HttpServerRequest request;
        private final Context eventLoop;
        private final Question question;
        private @Nullable Asked since;

        Asking(RoutingContext context, Question question, Duration wait) {
            this.context = context;
            this.request = context.request();
            this.eventLoop = context.vertx().getOrCreateContext();
            this.question = question;
            LongPoll.begin(context, wait);
        }

        void ask() {
            Optional<KeptAnswer> kept = kept();
            if (kept.isPresent()) {
                answer(kept.get());
            } else if (!isThere(wanted())) {
                context.next(); // Nobody waits for whom the ledger may keep waiting.
            } else {
                askOnce();
            }
        }

        private @Nullable String wanted() {
            String position = parameter(request, ReadYourWritesFilter.PARAMETER);
            return position == null ? request.getHeader(ReadYourWritesFilter.HEADER) : position;
        }

        /// Whether the books stand there; not, where it is no position.
        private boolean isThere(@Nullable String position) {
            try {
                return position == null || watch.position().covers(LogPosition.parse(position));
            } catch (IllegalArgumentException unreadable) {
                return false;
            }
        }

        private Optional<KeptAnswer> kept() {
            return answers.to(question).filter(watch::isCurrent).filter(it -> it.reaches(wanted()));
        }

        /// One asks the books; whoever comes before he is answered follows him.
        private void askOnce() {
            if (request.response().closed()) {
                return; // Others would wait for whom nobody answers.
            }
            since = watch.seen();
            var followers = new ArrayList<Asking>();
            List<Asking> first =
                    rendered.compute(
                            question,
                            (_, others) -> {
                                if (others == null) {
                                    return followers;
                                }
                                request.pause();
                                others.add(this);
                                return others;
                            });
            if (first == followers) {
                lead(followers);
            }
        }

        /// Whoever was cut off before he was answered leaves it to another to ask. What was no view
        /// is for each to be told himself.
        private void lead(List<Asking> followers) {
            Consumer<KeptAnswer> share =
                    answer -> released(question, followers).forEach(it -> it.take(answer));
            context.put(ANSWERED, share);
            context.addEndHandler(
                    ended ->
                            released(question, followers)
                                    .forEach(ended.succeeded() ? Asking::goOn : Asking::askAgain));
            context.next();
        }

        /// It is as good as one of his own where it was read no earlier than he asked.
        private void take(KeptAnswer answer) {
            boolean isMine = since != null && answer.reaches(since);
            resume(isMine ? () -> answer(answer) : this::ask);
        }

        private void goOn() {
            resume(context::next);
        }

        private void askAgain() {
            resume(this::ask);
        }

        private void answer(KeptAnswer answer) {
            Duration left = LongPoll.left(context);
            if (!left.isPositive() || held(answer, answer.tag()) == null) {
                send(answer);
                return;
            }
            request.pause();
            Cancellable told =
                    watch.moved(answer.asked(), left)
                            .subscribe()
                            .with(
                                    moved -> {
                                        Runnable unchanged = () -> send(answer);
                                        resume(moved ? this::ask : unchanged);
                                    });
            context.addEndHandler(_ -> told.cancel());
        }

        private void resume(Runnable how) {
            eventLoop.runOnContext(
                    _ -> {
                        request.resume();
                        if (!request.response().closed()) {
                            how.run();
                        }
                    });
        }

        private @Nullable String held(KeptAnswer answer, String sent) {
            return ViewFilter.held(
                    request.getHeader(HttpHeaders.IF_NONE_MATCH), answer.tag(), sent);
        }

        /// Others are not kept waiting while it is packed.
        private void send(KeptAnswer answer) {
            Encoding encoding = encoding();
            if (answer.isPacked(encoding)) {
                send(answer, encoding);
            } else {
                request.pause();
                context.vertx()
                        .executeBlocking(() -> answer.body(encoding), false)
                        .onComplete(_ -> resume(() -> send(answer, encoding)));
            }
        }

        private void send(KeptAnswer answer, Encoding encoding) {
            HttpServerResponse response = request.response();
            MultiMap headers = response.headers();
            byte[] body = answer.body(encoding);
            boolean isPacked = body != answer.body();
            String sent = isPacked ? encoding.tag(answer.tag()) : answer.tag();
            String held = held(answer, sent);
            headers.set(HttpHeaders.ETAG, held == null ? sent : held);
            headers.set(HttpHeaders.CACHE_CONTROL, keeping.forAMoment());
            headers.set(HttpHeaders.VARY, ViewFilter.VARY);
            String modified = answer.modified();
            if (modified != null) {
                headers.set(HttpHeaders.LAST_MODIFIED, modified);
            }
            URI next = answer.next();
            if (next != null) {
                headers.set(HttpHeaders.LINK, ViewFilter.link(next));
            }
            if (held != null) {
                response.setStatusCode(HttpResponseStatus.NOT_MODIFIED.code()).end();
                return;
            }
            headers.set(HttpHeaders.CONTENT_TYPE, answer.format().contentType());
            headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
            if (isPacked) {
                headers.set(HttpHeaders.CONTENT_ENCODING, encoding.token());
            }
            if (request.method().equals(HttpMethod.HEAD)) {
                response.end();
            } else {
                response.end(Buffer.buffer(body));
            }
        }

        private Encoding encoding() {
            return request.headers().contains(HttpHeaders.ACCEPT_ENCODING)
                    ? Encoding.wanted(context.parsedHeaders().acceptEncoding())
                    : Encoding.IDENTITY;
        }
    }
}
