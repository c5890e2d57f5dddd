package dev.steward.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who waits to be recorded. One of them at a time writes for all that wait; the others get their answers from it. Thread-safe. */
final class Turns {
    private final Object lock = new Object();
    private List<Request> waiting = new ArrayList<>();
    private boolean taken;

    /** What whoever waits is told. */
    sealed interface Answer {
        /** Write now, for all that wait. */
        record Write() implements Answer {}

        /** What came of it. */
        sealed interface Outcome extends Answer {}

        /** It is recorded, and the trail ended there. */
        record Recorded(Seal seal) implements Outcome {}

        /** It is not recorded. */
        record Failed(Throwable why) implements Outcome {}
    }

    /** What one caller wants to have recorded. No record: two of the same events are two. */
    static final class Request {
        private final List<RecordBody> records;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();

        Request(List<RecordBody> records) {
            this.records = records;
        }

        List<RecordBody> records() {
            return records;
        }

        /** Wakes up who waits for it. */
        void answer(Answer given) {
            answer.complete(given);
        }
    }

    /** Waits for the answer. */
    // Only how many share a sync depends on the scheduler: a third more records a second where many wait.
    @SuppressWarnings("ThreadPriorityCheck")
    Answer await(Request request) {
        synchronized (lock) {
            waiting.add(request);
            if (!taken) {
                taken = true;
                return new Answer.Write();
            }
        }
        var answer = request.answer.join();
        if (answer instanceof Answer.Write) {
            // Those to whom the last writer has just answered are about to come back: one sync for them too.
            Thread.yield();
        }
        return answer;
    }

    /** All that wait, for whoever writes. */
    List<Request> take() {
        synchronized (lock) {
            var all = waiting;
            waiting = new ArrayList<>();
            return all;
        }
    }

    /** Whoever wrote is done; the first of those that came meanwhile writes next. */
    void pass() {
        Request next;
        synchronized (lock) {
            if (waiting.isEmpty()) {
                taken = false;
                return;
            }
            next = waiting.getFirst();
        }
        next.answer(new Answer.Write());
    }
}
