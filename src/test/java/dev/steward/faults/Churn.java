package dev.steward.faults;

import dev.steward.control.Answer;
import dev.steward.control.Question;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A random life of a node, by its seed: people and accidents act upon agents until the daemon is killed, again and again. */
final class Churn implements AutoCloseable {
    private final LiveNode node;
    private final Cast cast;
    private final Random random;
    private final ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
    /** What somebody asked for and was told that it is remembered; empty if the answer never came. */
    private final Map<String, Optional<String>> asked = new HashMap<>();

    private boolean extra = true;
    private int turn;

    Churn(LiveNode node, Cast cast, long seed) throws IOException {
        this.node = node;
        this.cast = cast;
        random = new Random(seed);
        edit();
    }

    Map<String, Optional<String>> asked() {
        return asked;
    }

    boolean extra() {
        return extra;
    }

    /** One daemon's life. */
    void round() throws IOException {
        node.start();
        if (random.nextInt(4) == 0) {
            killWithin(600);
        }
        var busy = false;
        while (node.lives()) {
            if (!busy && node.isReady()) {
                busy = true;
                killWithin(700);
            } else if (busy) {
                act();
            } else if (random.nextInt(20) == 0) {
                accident();
            }
        }
    }

    private void killWithin(int millis) {
        var _ = killer.schedule(node::kill, random.nextInt(millis), TimeUnit.MILLISECONDS);
    }

    private void act() throws IOException {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> accident();
            case 3, 4 -> ask("start", "start");
            case 5, 6, 7 -> ask("stop", "stop");
            case 8 -> ask("restart", "start");
            case 9, 10 -> {
                edit();
                node.ask(Question.of("reload"));
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    node.ask(Question.of("down"));
                }
            }
        }
    }

    private String someone() {
        var names = Cast.names();
        return names.get(random.nextInt(names.size()));
    }

    /** Something of an agent dies. */
    private void accident() throws IOException {
        var name = someone();
        var victims = random.nextInt(3) == 0 ? cast.children(name) : cast.mains(name);
        victims.forEach(Machine::kill);
    }

    private void ask(String method, String remembered) {
        var name = someone();
        // Until it is answered, either may be remembered.
        asked.put(name, Optional.empty());
        var question = Question.of(method).with("agents", List.of(name));
        var waits = random.nextInt(3) > 0;
        if (!waits) {
            question.with("wait", false);
        }
        var told = node.ask(question).filter(answer -> answer.flag("done")).map(Answer::json);
        if (told.isPresent()) {
            asked.put(name, Optional.of(remembered));
        }
        if (remembered.equals("start")) {
            // What an agent needs is started with it, whatever was asked of that.
            needsOf(name).forEach(need -> asked.computeIfPresent(need, (_, before) -> before.filter("start"::equals)));
        }
    }

    private static List<String> needsOf(String name) {
        return switch (name) {
            case "needy" -> List.of("base");
            case "needier" -> List.of("base", "needy", "job");
            default -> List.of();
        };
    }

    private void edit() throws IOException {
        extra = random.nextInt(3) > 0;
        node.configure(cast.yaml(someone(), ++turn, extra));
    }

    @Override
    public void close() {
        killer.shutdownNow();
    }
}
