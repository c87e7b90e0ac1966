package parley.ingest.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The kinds of problem, each with a page of its own at `/v1/problems/{name}`.
public enum ProblemKind {
    UNREADABLE(
            400,
            "Not readable",
            "The request cannot be read: the body is not JSON (RFC 8259, UTF-8, no key twice, nothing"
                    + " behind the document), or a header or an id in the address is malformed. Mend"
                    + " it and send it again."),
    UNAUTHENTICATED(
            401,
            "No valid token",
            "The call needs the header Authorization: Bearer <token>, with a token that is signed by"
                    + " the issuer this service trusts and that has not expired. Fetch a new token"
                    + " and send the request again."),
    FORBIDDEN(
            403,
            "Not allowed",
            "The token is good, but its role does not allow this. Role publisher reports, corrects and"
                    + " retracts; only role editor merges exchanges and defines conflicts."),
    NOT_FOUND(
            404,
            "Not found",
            "There is nothing at this address. /q/openapi lists the calls of this service."),
    METHOD_NOT_ALLOWED(
            405,
            "Method not allowed",
            "The address exists, but not for this method. /q/openapi lists the calls."),
    NOT_ACCEPTABLE(
            406,
            "No such format",
            "The answer cannot be given in any format that the header Accept names: accept"
                    + " application/json."),
    TOO_SLOW(
            408,
            "Too slow",
            "A line of the stream, or the stream on the whole, did not arrive in time, so the rest was not"
                    + " waited for. What stands before it is accepted or rejected for good. Send the"
                    + " whole stream again, with the same ids: what did get there counts once."),
    TOO_LARGE(
            413,
            "Too large",
            "A body may have 1 MiB, a batch 8 MiB, a line of a stream 1 MiB. Many events go as a stream"
                    + " of lines (application/x-ndjson), which may be of any length."),
    UNSUPPORTED_TYPE(
            415,
            "Not a type we read",
            "The header Content-Type names a type that this call does not read. Typed calls read"
                    + " application/json; /v1/events reads application/cloudevents+json,"
                    + " application/cloudevents-batch+json, application/x-ndjson, and"
                    + " application/json with ce- headers."),
    INVALID_STATEMENT(
            422,
            "Not a valid statement",
            "The body is JSON, but not a statement that the contract allows. `errors` holds all that is"
                    + " wrong with it: a JSON Pointer into the body and a sentence each. Nothing was"
                    + " published. Mend it and send it again."),
    OVER_RATE(
            429,
            "Over the rate",
            "The publisher has sent more events than it may at a time, or has too many streams open."
                    + " Nothing of this request was published. Send it again after Retry-After"
                    + " seconds, with the same key; many events go best as one stream of lines, which"
                    + " is slowed down instead of being refused."),
    INTERNAL(
            500,
            "Our fault",
            "Something broke here, and the operators have a log line about it. Whether the event was"
                    + " published is not known; sending it again with the same key is harmless."),
    OVERLOADED(
            503,
            "Too much at once",
            "Too many long bodies, or streams, are being read at this moment. Nothing of this request was published:"
                    + " send it again after Retry-After seconds, with the same key."),
    LOG_UNAVAILABLE(
            503,
            "The log cannot take it now",
            "The log did not acknowledge the event in time. Send it again with the same key after"
                    + " Retry-After seconds: if it did get there, it still counts once.");

    private final int status;
    private final String title;
    private final String meaning;

    ProblemKind(int status, String title, String meaning) {
        this.status = status;
        this.title = title;
        this.meaning = meaning;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// What it means and what to do about it.
    public String meaning() {
        return meaning;
    }

    /// Where the page about it is.
    public String address() {
        return "/v1/problems/" + slug();
    }

    /// The kind's name in addresses.
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<ProblemKind> of(String slug) {
        return Arrays.stream(values()).filter(kind -> kind.slug().equals(slug)).findFirst();
    }

    /// The kind that a bare HTTP status stands for.
    static ProblemKind of(int status) {
        return Arrays.stream(values())
                .filter(kind -> kind.status == status)
                .findFirst()
                .orElse(status < 500 ? UNREADABLE : INTERNAL);
    }
}
