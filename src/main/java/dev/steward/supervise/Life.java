package dev.steward.supervise;

/** All that decides, beside its configuration, what happens to an agent next. */
record Life(State state, Tally tally) {
    static final Life NEW = new Life(new State.Stopped(), Tally.NONE);

    Life in(State next) {
        return new Life(next, tally);
    }

    Life with(Tally next) {
        return new Life(state, next);
    }
}
