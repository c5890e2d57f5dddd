package dev.steward.bus.remote;

import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.Site;
import java.util.Optional;

/**
 * The first frame each way. Its begin is the same in every version for ever: what it is, and the version of the protocol. Only
 * between equal versions more follows: the server says where the node keeps its things, or that it has no place.
 */
record Greeting(long version, Optional<Site> site) {
    /** To be raised with each change of the protocol. */
    static final long VERSION = 1;

    private static final long MAGIC = 0x7374_6577_2d62_7573L;

    static byte[] ofClient() {
        return new FieldWriter().number(MAGIC).number(VERSION).message();
    }

    /** Without a site there is no place for the client. */
    static byte[] ofServer(Optional<Site> site) {
        var to = new FieldWriter().number(MAGIC).number(VERSION).flag(site.isPresent());
        site.ifPresent(there -> Records.write(to, there));
        return to.message();
    }

    /** What a client says: without a site. */
    static Greeting fromClient(byte[] message) throws Malformed {
        return new Greeting(version(new FieldReader(message)), Optional.empty());
    }

    /** What the server says. */
    static Greeting fromServer(byte[] message) throws Malformed {
        var from = new FieldReader(message);
        var version = version(from);
        var place = version == VERSION && from.flag();
        return new Greeting(version, place ? Optional.of(Records.site(from)) : Optional.empty());
    }

    private static long version(FieldReader from) throws Malformed {
        if (from.number() != MAGIC) {
            throw new Malformed("not a greeting");
        }
        return from.number();
    }

    boolean isOfThisVersion() {
        return version == VERSION;
    }

    /** The site of a server that lets this client in. */
    Site welcome() throws BusException {
        if (!isOfThisVersion()) {
            throw new BusException(
                    Kind.UNUSABLE,
                    "the daemon is of another version: its bus speaks version " + version
                            + " of the protocol, this program " + VERSION
                            + ". Run: steward upgrade-daemon; and restart whatever was started by an older one");
        }
        return site.orElseThrow(() -> new BusException(
                Kind.UNAVAILABLE, "the daemon has too many connections to its bus already; try again later"));
    }
}
