package parley.ingest.events;

import parley.ingest.statement.Judgement;
import parley.ingest.statement.KnownConflicts;
import parley.ingest.statement.Submission;

/// Where the events of one request go that are found good.
interface Destination {
    /// What is defined, as far as the request is concerned.
    KnownConflicts conflicts();

    /// Takes an event that stands.
    ///
    /// @param bytes the size of its text
    void take(long line, Judgement judgement, Submission submission, int bytes, Tally tally);

    /// Waits until it is known what has become of all of them.
    void settle();
}
