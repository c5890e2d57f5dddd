package dev.steward.orders;

/** Stands where a front door's work comes within this step. */
@SuppressWarnings({"TypeParameterUnusedInFormals", "DoNotCallSuggester"})
final class Soon {
    private Soon() {}

    static <T> T soon() {
        throw new UnsupportedOperationException("comes within this step");
    }
}
