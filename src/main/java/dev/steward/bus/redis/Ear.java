package dev.steward.bus.redis;

import dev.steward.bus.BusException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Hears what is published on {@code cls:ack}, by Steward or by others. Nothing depends on it: acknowledgements travel in a stream. */
record Ear(Suspects suspects) implements Worker.Job {
    @Override
    public void work(Lane lane, Worker.Progress progress) throws BusException {
        var wire = lane.to(Names.ACK_CHANNEL);
        Reply.list(wire.ask(new CommandArguments(Command.SUBSCRIBE).add(Names.ACK_CHANNEL)));
        progress.fine();
        while (true) {
            var message = wire.next();
            if (Reply.text(Reply.at(message, 0)).equals("message")) {
                suspects.heard(Reply.text(Reply.at(message, 2)));
            }
        }
    }

    /** A flood on the channel ends this connection, and no other. */
    @Override
    public boolean speaksForTheLink() {
        return false;
    }
}
