package dev.steward.orders.work;

/** No attempt can begin; the message says for people what stands in the way. Nothing was started. */
final class CannotBegin extends Exception {
    private static final long serialVersionUID = 1;

    CannotBegin(String message) {
        super(message);
    }
}
