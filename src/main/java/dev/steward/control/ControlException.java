package dev.steward.control;

/** The daemon did not do what it was asked. The message is for people. */
public final class ControlException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why not. */
    public enum Kind {
        /** Nobody listens: there is no daemon on this home. */
        NOT_RUNNING,
        /** The socket may not be used by this user. */
        NOT_PERMITTED,
        /** The daemon went away while answering. */
        NO_ANSWER,
        /** The daemon took the connection, or not even that, and said nothing in the time that it had. */
        SILENT,
        /** What was asked makes no sense to the daemon. */
        MISUSE,
        /** The configuration was refused. */
        CONFIGURATION,
        /** Not now. */
        BUSY,
        /** Something that the daemon needs for it is not to be had. */
        UNAVAILABLE,
        /** A fault of Steward. */
        INTERNAL
    }

    private final Kind kind;

    ControlException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static ControlException of(int code, String message) {
        return new ControlException(
                switch (code) {
                    case RpcError.CONFIGURATION -> Kind.CONFIGURATION;
                    case RpcError.UNAVAILABLE -> Kind.UNAVAILABLE;
                    case RpcError.BUSY -> Kind.BUSY;
                    case RpcError.MALFORMED,
                            RpcError.INVALID_REQUEST,
                            RpcError.UNKNOWN_METHOD,
                            RpcError.INVALID_PARAMS -> Kind.MISUSE;
                    default -> Kind.INTERNAL;
                },
                message);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the daemon said nothing at all to it, whatever the cause. */
    public boolean isUnanswered() {
        return kind == Kind.NOT_RUNNING || kind == Kind.NO_ANSWER || kind == Kind.SILENT;
    }
}
