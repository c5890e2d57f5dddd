package dev.steward.logs;

import java.util.Optional;
import java.util.function.Consumer;

/** How far a log was read, and up to where it is to be. One thread. */
final class Progress {
    private final Remnant remnant;
    private final Consumer<String> notes;
    private Place place;
    private Optional<Place> limit = Optional.empty();
    private boolean incomplete;

    /**
     * Begins at a place.
     *
     * @param before what stands before that, as far as it is known
     * @param notes takes what people have to know of it
     */
    Progress(Place place, Remnant before, Consumer<String> notes) {
        this.place = place;
        remnant = before;
        this.notes = notes;
    }

    Place place() {
        return place;
    }

    Remnant remnant() {
        return remnant;
    }

    void limit(Optional<Place> at) {
        limit = at;
    }

    /** Goes on elsewhere: what was read last has nothing to do with it. */
    void jump(Place to) {
        remnant.clear();
        place = to;
    }

    /** Corrects where what was read last stands. */
    void correct(long bytes) {
        place = new Place(place.after(), bytes);
    }

    /** Archives may have other names by now, and be other files. */
    void refresh(Sight now) {
        limit = limit.map(at -> at.in(now));
        place = place.in(now);
    }

    /** How many bytes may come next, at most so many. */
    int room(int most) {
        return limit.filter(place::hasOriginOf)
                .map(at -> Math.clamp(at.bytes() - place.bytes(), 0, most))
                .orElse(most);
    }

    void took(byte[] bytes, int count) {
        remnant.add(bytes, count);
        place = place.plus(count);
    }

    /** An archive is behind, or would be, which has so many bytes. */
    void pass(Seen archive, long bytes) {
        limit = limit.map(at -> at.hasOriginOf(place) ? at.beyond(archive, bytes) : at);
        place = place.beyond(archive, bytes);
    }

    /** An archive is behind of which nobody knows how long it is. */
    void passUnread(Seen archive, String why) {
        say(why);
        incomplete = true;
        limit = limit.filter(at -> !at.hasOriginOf(place));
        jump(Place.behind(archive));
    }

    /** Whether the limit was somewhere before that archive, behind one that is no longer there. */
    boolean isBeyondLimit(Seen next) {
        return limit.filter(at -> !at.hasOriginOf(place))
                .flatMap(Place::after)
                .filter(after -> next.modified().isAfter(after.modified()))
                .isPresent();
    }

    void say(String note) {
        notes.accept(note);
    }

    /** Whether something that is there could not be read. */
    boolean isIncomplete() {
        return incomplete;
    }
}
