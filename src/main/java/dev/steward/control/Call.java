package dev.steward.control;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/**
 * One request being answered.
 *
 * @param lines reaches the client before the answer does
 */
record Call(Params params, Lines lines) {
    /** Sends a client lines while its request is being answered. */
    interface Lines {
        /**
         * Sends one.
         *
         * @throws ClientGone if nobody takes them any more
         */
        void line(String text) throws ClientGone;

        /** Waits a moment, and throws if the client went away meanwhile. */
        void pause() throws ClientGone, InterruptedException;

        /**
         * Waits for what was begun; that goes on if nobody waits any more.
         *
         * @throws ClientGone if the client went away meanwhile
         * @throws TimeoutException if it takes longer than that
         */
        <T> T await(Future<T> begun, Duration most)
                throws ClientGone, InterruptedException, ExecutionException, TimeoutException;
    }

    /** The client went away, or doesn't read. */
    static final class ClientGone extends Exception {
        private static final long serialVersionUID = 1;

        ClientGone(Throwable cause) {
            super(cause);
        }

        ClientGone(String message) {
            super(message);
        }
    }
}
