package dev.steward.bus.local;

import dev.steward.bus.Bus.Listening;
import dev.steward.bus.BusException;
import dev.steward.bus.Heard;
import java.time.Duration;
import java.util.List;

/** A listener past the daemon. */
record DirectListening(Listening listening, Slices slices) implements Listening {
    @Override
    public List<Heard> hear(int most, Duration wait) throws BusException, InterruptedException {
        return slices.until(wait, time -> listening.hear(most, time));
    }

    @Override
    public void heard(long upTo) throws BusException {
        listening.heard(upTo);
    }

    @Override
    public void close() throws BusException {
        listening.close();
    }
}
