package parley.ingest.publishing;

/// What the sender of an event gets for it.
///
/// @param subject the id of what it is about, also where ingest made it
/// @param position where on the log it stands: a reader may wait for it
public record Receipt(String eventId, String subject, String position) {
    static Receipt of(Outcome.Published published) {
        return new Receipt(
                published.envelope().id(),
                published.envelope().subject(),
                published.where().position().toString());
    }
}
