package dev.steward.orders.work;

import java.util.List;
import java.util.Optional;

/**
 * The life of one attempt, as one table: what each event leads to in each phase. Pure. What is not in it changes nothing: events are
 * told to whom they came too late for.
 */
final class Course {
    private Course() {}

    /** What an event leads to, and what is to be done for it. */
    record Step(Phase next, List<Act> acts) {
        static Step to(Phase next, Act... acts) {
            return new Step(next, List.of(acts));
        }
    }

    static Step next(Phase phase, Event event) {
        return switch (phase) {
            case Phase.Held held -> held(held, event);
            case Phase.Fallen fallen -> fallen(fallen, event);
            case Phase.Running running -> running(running, event);
            case Phase.Stopping stopping -> stopping(stopping, event);
            case Phase.Clearing clearing -> clearing(clearing, event);
            case Phase.Recording recording -> recording(recording, event);
            case Phase.Over over -> Step.to(over);
        };
    }

    private static Step held(Phase.Held held, Event event) {
        return switch (event) {
            case Event.Begun _ ->
                held.stop()
                        .map(why -> Step.to(new Phase.Stopping(why), Act.KILL))
                        .orElseGet(() -> Step.to(new Phase.Running(), Act.LET_GO));
            case Event.NotBegun _ -> Step.to(new Phase.Stopping(Why.NOT_RECORDED), Act.KILL);
            case Event.Stop stop -> Step.to(new Phase.Held(Optional.of(stop.why())));
            case Event.Ended ended -> Step.to(new Phase.Fallen(held.stop(), ended.end()));
            case Event.GraceOver _, Event.Cleared _, Event.Recorded _ -> Step.to(held);
        };
    }

    private static Step fallen(Phase.Fallen fallen, Event event) {
        return switch (event) {
            case Event.Begun _ ->
                clear(fallen.stop().map(why -> why.of(fallen.end())).orElse(fallen.end()));
            case Event.NotBegun _ -> clear(Why.NOT_RECORDED.of(fallen.end()));
            case Event.Stop stop -> Step.to(new Phase.Fallen(Optional.of(stop.why()), fallen.end()));
            case Event.Ended _, Event.GraceOver _, Event.Cleared _, Event.Recorded _ -> Step.to(fallen);
        };
    }

    private static Step running(Phase.Running running, Event event) {
        return switch (event) {
            case Event.Stop stop -> Step.to(new Phase.Stopping(stop.why()), Act.TERMINATE);
            case Event.Ended ended -> clear(ended.end());
            case Event.Begun _, Event.NotBegun _, Event.GraceOver _, Event.Cleared _, Event.Recorded _ ->
                Step.to(running);
        };
    }

    private static Step stopping(Phase.Stopping stopping, Event event) {
        return switch (event) {
            case Event.Ended ended -> clear(stopping.why().of(ended.end()));
            case Event.GraceOver _ -> Step.to(stopping, Act.KILL);
            case Event.Stop _, Event.Begun _, Event.NotBegun _, Event.Cleared _, Event.Recorded _ -> Step.to(stopping);
        };
    }

    private static Step clearing(Phase.Clearing clearing, Event event) {
        return switch (event) {
            case Event.Cleared _ -> Step.to(new Phase.Recording(clearing.end()), Act.RECORD);
            case Event.GraceOver _ -> Step.to(clearing, Act.KILL);
            case Event.Stop _, Event.Begun _, Event.NotBegun _, Event.Ended _, Event.Recorded _ -> Step.to(clearing);
        };
    }

    private static Step recording(Phase.Recording recording, Event event) {
        return switch (event) {
            case Event.Recorded _ -> Step.to(new Phase.Over(), Act.FORGET);
            case Event.Stop _, Event.Begun _, Event.NotBegun _, Event.Ended _, Event.GraceOver _, Event.Cleared _ ->
                Step.to(recording);
        };
    }

    private static Step clear(End end) {
        return Step.to(new Phase.Clearing(end), Act.CLEAR);
    }
}
