package dev.steward.web;

/** What a client is told: never more than it must know. */
enum Answer {
    OK(200, "OK"),
    INVALID_RID(400, "rid is not a UUID"),
    FORBIDDEN(403, "forbidden"),
    /** Unknown, of an earlier incarnation, malformed, or another place: all the same. */
    NOT_FOUND(404, "not found"),
    WRONG_METHOD(405, "GET, HEAD, POST or PUT"),
    TOO_MANY(429, "too many pings"),
    FAILED(500, "try again");

    private final int status;
    private final String text;

    Answer(int status, String text) {
        this.status = status;
        this.text = text;
    }

    int status() {
        return status;
    }

    String text() {
        return text;
    }
}
