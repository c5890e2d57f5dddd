package dev.steward.bus;

/** Whether the bus takes and gives now. */
public sealed interface Presence {
    /** Which bus: {@code embedded} or {@code redis}. */
    String kind();

    /** It does. */
    record Connected(String kind) implements Presence {}

    /**
     * It doesn't; what is dropped waits.
     *
     * @param reason for people, without secrets: what happened, where, what to do
     */
    record Away(String kind, String reason) implements Presence {}
}
