package dev.steward.control;

/** A request that is answered by an error. The codes up to −32600 are those of JSON-RPC 2.0, section 5.1; the others are ours. */
final class RpcError extends Exception {
    private static final long serialVersionUID = 1;

    static final int MALFORMED = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int UNKNOWN_METHOD = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL = -32603;
    static final int CONFIGURATION = -32001;
    static final int UNAVAILABLE = -32002;
    static final int BUSY = -32003;

    private final int code;

    RpcError(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }
}
