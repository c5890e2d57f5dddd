package dev.steward.bus.redis;

import dev.steward.bus.Heading;

/** The names that Steward uses in Redis; see {@code docs/bus.md}. The braces put all that belongs to one inbox into one slot of a cluster. */
final class Names {
    /** Each inbox has one consumer group, and each node is one consumer of it. */
    static final String GROUP = "steward";

    static final String ACKS = "steward:acks";
    static final String RESULTS = "steward:results";

    /** Messages for listeners that are no part of Steward. */
    static final String ACK_CHANNEL = "cls:ack";

    /** Gone, or another one: Redis lost what it had. */
    static final String EPOCH = "steward:epoch";

    private Names() {}

    /** The stream of an inbox' orders. Names of inboxes compare without case, so it has the one in lower case. */
    static String orders(String inbox) {
        return "steward:orders:{" + Heading.inbox(inbox) + "}";
    }

    /** A hash: which entry of the stream has which order. */
    static String index(String inbox) {
        return "steward:index:{" + Heading.inbox(inbox) + "}";
    }

    /** A hash of a large body's pieces. */
    static String body(String inbox, String id) {
        return "steward:body:{" + Heading.inbox(inbox) + "}:" + id;
    }

    /** There as long as nobody is to deliver this order, since its sender withdrew it. */
    static String withdrawn(String inbox, String id) {
        return "steward:withdrawn:{" + Heading.inbox(inbox) + "}:" + id;
    }

    /** A hash: up to where each node has read a stream. */
    static String readers(String stream) {
        return stream + ":read";
    }

    /** Which process has the name of this node now. */
    static String node(String node) {
        return "steward:node:" + node;
    }

    static String result(String id) {
        return "wo:result:" + id;
    }

    static String heartbeat(String node, String agent) {
        return "steward:heartbeat:" + node + ":" + agent;
    }
}
