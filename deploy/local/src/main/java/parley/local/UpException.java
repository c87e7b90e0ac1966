package parley.local;

/// What keeps Parley from running here, in words for whoever started it.
public final class UpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UpException(String message) {
        super(message);
    }

    UpException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
