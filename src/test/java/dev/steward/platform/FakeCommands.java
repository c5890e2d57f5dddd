package dev.steward.platform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers what was run, and ends as it was told to. */
public final class FakeCommands implements Commands {
    /** All that was run, as somebody would type it. */
    public final List<String> asked = new ArrayList<>();

    private final Map<String, Ended> answers = new HashMap<>();

    /** Those that begin so end so; all others end well, without a word. */
    public FakeCommands answer(String beginning, int status, String said) {
        answers.put(beginning, new Ended(status, said));
        return this;
    }

    @Override
    public Ended run(List<String> words) {
        var typed = Commands.typed(words);
        asked.add(typed);
        return answers.entrySet().stream()
                .filter(answer -> typed.startsWith(answer.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(new Ended(0, ""));
    }
}
