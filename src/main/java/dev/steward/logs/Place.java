package dev.steward.logs;

import java.util.Optional;

/**
 * A place in the stream of a log that stays the same through rotations: so many bytes behind the end of an archive. It does not matter
 * whether these bytes are in the live file, in newer archives or in both.
 *
 * @param after empty: behind nothing, at the beginning of the oldest archive, or of the live file if there is none
 * @param bytes of the stream, without what stands at the live file's head
 */
record Place(Optional<Seen> after, long bytes) {
    static final Place BEGINNING = new Place(Optional.empty(), 0);

    static Place behind(Seen archive) {
        return new Place(Optional.of(archive), 0);
    }

    Place plus(long more) {
        return new Place(after, bytes + more);
    }

    /** The same place, told from the archive that comes next, which has so many bytes. */
    Place beyond(Seen next, long itsBytes) {
        return new Place(Optional.of(next), bytes - itsBytes);
    }

    /** The same place, told from what its archive is by now. */
    Place in(Sight now) {
        return after.flatMap(now::find)
                .map(seen -> new Place(Optional.of(seen), bytes))
                .orElse(this);
    }

    /** Whether both are told from the same archive, as it was seen by the same look. */
    boolean hasOriginOf(Place other) {
        return after.map(Seen::file).equals(other.after.map(Seen::file));
    }
}
