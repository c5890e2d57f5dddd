package dev.steward.posix;

/** A thread acts as a user that it should not: it must do nothing more, nor start a thread or a process, which would act so, too. */
public final class LostIdentity extends Error {
    private static final long serialVersionUID = 1;

    LostIdentity(String message) {
        super(message);
    }
}
