package parley.ledger.fold;

/// That an event changes what a case has set aside, so that the whole of it must be folded again.
final class SetAsideException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SetAsideException() {
        super("The case is to be folded again", null, false, false);
    }
}
