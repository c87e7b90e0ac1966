package parley.ingest.statement;

/// One thing that is wrong with a statement.
///
/// @param pointer where, as a JSON Pointer into what was sent
/// @param detail a sentence: what was found, and what is allowed
public record Fault(String pointer, String detail) {
    /// The same fault, seen from a document that holds the statement at `pointer`.
    public Fault under(String pointer) {
        return new Fault(pointer + this.pointer, detail);
    }
}
