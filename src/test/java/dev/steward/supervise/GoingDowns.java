package dev.steward.supervise;

/** What a supervisor that goes down answers, for tests of other packages. */
public final class GoingDowns {
    private GoingDowns() {}

    public static GoingDown one() {
        return new GoingDown();
    }
}
