package dev.steward.launcher;

/** What the package of {@link LauncherCacheTest} runs. */
final class Greeter {
    private Greeter() {}

    public static void main(String[] arguments) {
        System.out.println("hello " + String.join(" ", arguments));
    }
}
