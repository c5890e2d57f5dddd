package dev.steward.bus.remote;

import dev.steward.bus.Bus.Listening;
import dev.steward.bus.BusException;
import dev.steward.bus.Heard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the daemon's bus tells this process of acknowledgements. */
final class RemoteListening implements Listening {
    private final Held held;

    RemoteListening(Held held) {
        this.held = held;
    }

    @Override
    public List<Heard> hear(int most, Duration wait) throws BusException, InterruptedException {
        var heard = new ArrayList<Heard>();
        for (var reply : held.come(time -> new Request.Hear(most, time), wait)) {
            if (reply instanceof Reply.Told told) {
                heard.add(told.heard());
            }
        }
        return heard;
    }

    @Override
    public void heard(long upTo) throws BusException {
        Answers.done(held.answer(new Request.MarkHeard(upTo)));
    }

    @Override
    public void close() {
        held.close();
    }
}
