package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is killed at any step of a rotation leaves what the next one brings to the exact stream. */
class StoppedCutTest {
    private static final String ARCHIVED = "oldest\n";

    @TempDir
    Path folder;

    private interface Where {
        void leave(Stopped cut) throws IOException;
    }

    private static Map<String, Where> steps() {
        var steps = new LinkedHashMap<String, Where>();
        steps.put("when the archive was made", Stopped::begun);
        steps.put("while it was copied", cut -> cut.copied(60));
        steps.put("when it was copied", cut -> cut.copied(100));
        steps.put("when that was noted", Stopped::first);
        steps.put("while it was punched", cut -> cut.punched(50));
        steps.put("when it was punched", cut -> cut.punched(100));
        steps.put("when the collapse was noted", Stopped::collapseNoted);
        steps.put("when it was collapsed", Stopped::collapsed);
        steps.put("when the blank line was noted", Stopped::padNoted);
        steps.put("while the blank line was written", cut -> cut.padded(50));
        steps.put("when the blank line was written", cut -> cut.padded(100));
        steps.put("when the head was known", Stopped::noted);
        steps.put("when nothing was owed", Stopped::owesNothing);
        return steps;
    }

    private static Map<String, Where> stepsOfAHole() {
        var steps = new LinkedHashMap<String, Where>();
        steps.put("while it was copied", cut -> cut.copied(60));
        steps.put("when the hole was noted", Stopped::holeNoted);
        steps.put("when it was punched", Stopped::holed);
        steps.put("when the head was known", Stopped::holeIsKnown);
        return steps;
    }

    private static Map<String, String> contents() {
        return Map.of(
                "of whole blocks", "x".repeat(8_191) + "\n",
                "large with half a line", Workshop.lines(0, 400) + "unfin",
                "small", Workshop.lines(0, 7) + "unfin",
                "of one byte behind a block", "x".repeat(8_191) + "\ny\n");
    }

    @TestFactory
    Stream<DynamicTest> the_next_one_goes_on() {
        return all(steps(), folder);
    }

    @TestFactory
    Stream<DynamicTest> where_holes_are_punched_too() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/dev/shm")), "there is a tmpfs");
        var shared = Files.createTempDirectory(Path.of("/dev/shm"), "stopped-");
        return all(stepsOfAHole(), shared).onClose(() -> Workshop.remove(shared));
    }

    private Stream<DynamicTest> all(Map<String, Where> steps, Path below) {
        return steps.entrySet().stream()
                .flatMap(step -> contents().entrySet().stream()
                        .flatMap(content -> Stream.of(0, 5_000)
                                .map(head -> DynamicTest.dynamicTest(
                                        step.getKey() + ", " + content.getKey() + ", behind " + head + " blank bytes",
                                        () -> isExact(below, step.getValue(), head, content.getValue())))));
    }

    private static void isExact(Path below, Where where, int head, String content) throws Exception {
        var folder = Files.createTempDirectory(below, "log-");
        var shop = new Workshop(folder);
        Files.writeString(folder.resolve("app.log.1"), ARCHIVED);
        var cut = new Stopped(shop, head, content);
        where.leave(cut);
        shop.append("more\n");

        shop.rotate(Workshop.FORCED);
        shop.append("and\nmore\n");
        shop.rotate(Workshop.FORCED);
        shop.append("at last\n");

        assertThat(shop.streamWithoutBlanks()).isEqualTo(ARCHIVED + content + "more\nand\nmore\nat last\n");
        assertThat(shop.names()).allMatch(name -> name.startsWith("app.log"));
        assertThat(Files.readString(folder.resolve("app.log.1")))
                .doesNotContain("\0")
                .doesNotStartWith(" ");
    }
}
