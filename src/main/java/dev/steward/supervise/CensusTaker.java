package dev.steward.supervise;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the scout look at the machine on a thread of its own, once for all questions that came meanwhile: a thousand agents that
 * stop together cost two looks.
 */
final class CensusTaker {
    private static final Logger LOG = LoggerFactory.getLogger(CensusTaker.class);

    private final Loop loop;
    private final Scout scout;
    private final Executor executor;
    private final List<Question> waiting = new ArrayList<>();
    private boolean looking;

    CensusTaker(Loop loop, Scout scout, Executor executor) {
        this.loop = loop;
        this.scout = scout;
        this.executor = executor;
    }

    private record Question(Scout.Wanted wanted, Consumer<List<Scout.Person>> answer) {}

    /** Answers on the supervising thread. */
    void ask(Scout.Wanted wanted, Consumer<List<Scout.Person>> answer) {
        waiting.add(new Question(wanted, answer));
        if (!looking) {
            look();
        }
    }

    private void look() {
        looking = true;
        var questions = List.copyOf(waiting);
        waiting.clear();
        executor.execute(() -> {
            try {
                var census = scout.census();
                loop.post(() -> answer(questions, census));
            } catch (RuntimeException e) {
                LOG.error("The machine's processes cannot be looked at, tried again in a second: {}", e.getMessage());
                loop.post(() -> again(questions));
            }
        });
    }

    /** A look that failed is no look: nobody is taken for gone. */
    private void again(List<Question> questions) {
        waiting.addAll(questions);
        loop.timers().at(loop.now() + Duration.ofSeconds(1).toNanos(), this::look);
    }

    private void answer(List<Question> questions, Scout.Census census) {
        looking = false;
        questions.forEach(question -> question.answer.accept(census.members(question.wanted)));
        if (!waiting.isEmpty() && !looking) {
            look();
        }
    }
}
