package dev.steward;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rooms of the house and its arrows, which point down only: the layering of the design. */
class ArchitectureTest {
    /** The folder of the program's own classes, wherever it was built: tests are in another. */
    private static final JavaClasses STEWARD = new ClassFileImporter()
            .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());

    private static final List<String> CAPABILITIES = List.of(
            "supervise", "logs", "orders", "schedule", "health", "incidents", "publish", "chaos", "drill", "platform");
    private static final List<String> FOUNDATIONS = List.of("bus", "audit", "store", "config", "posix");

    /** Whom a foundation may use besides itself and the JDK. */
    private static final Map<String, List<String>> BETWEEN_FOUNDATIONS = Map.of(
            "config",
            List.of("posix"),
            "store",
            List.of("posix"),
            // How a SQLite file of the home is opened, and what its failures mean, is said once.
            "bus",
            List.of("store"));

    /** Whom a capability may use besides the foundations. Each exception is a row here, with its reason. */
    private static final Map<String, List<String>> BETWEEN_CAPABILITIES = Map.of(
            // A line that proves an agent ready may be in an archive by the time somebody looks.
            "supervise", List.of("logs"));

    /** Where the real clock is made; everything else is given it. */
    private static final Set<String> CLOCK_MAKERS = Set.of(
            "dev.steward.Main",
            "dev.steward.daemon.Steward",
            // A process of its own, and the place where its parts are put together.
            "dev.steward.agent.ReferenceAgent");

    private static final Set<String> CLOCKS = Set.of("java.time.Clock", "java.time.InstantSource");
    private static final Set<String> SLEEPERS = Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit");

    /** Which packages each package may use, besides itself. */
    private static Map<String, List<String>> arrows() {
        var all = new HashMap<String, List<String>>();
        for (String foundation : FOUNDATIONS) {
            all.put(foundation, BETWEEN_FOUNDATIONS.getOrDefault(foundation, List.of()));
        }
        for (String capability : CAPABILITIES) {
            all.put(capability, concat(FOUNDATIONS, BETWEEN_CAPABILITIES.getOrDefault(capability, List.of())));
        }
        var downFromControl = concat(CAPABILITIES, FOUNDATIONS);
        all.put("control", downFromControl);
        all.put("web", downFromControl);
        all.put("daemon", concat(downFromControl, List.of("control", "web")));
        all.put("cli", concat(downFromControl, List.of("control", "web", "daemon", "agent")));
        // The reference agent is a process of its own, and small: no native code, no configuration.
        all.put("agent", List.of("bus", "orders"));
        return all;
    }

    private static List<String> concat(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String[] packages(List<String> names) {
        return names.stream().map(name -> "dev.steward." + name + "..").toArray(String[]::new);
    }

    private static void hold(ArchRule rule) {
        // A room that isn't furnished yet breaks no rule.
        rule.allowEmptyShould(true).check(STEWARD);
    }

    @TestFactory
    Stream<DynamicTest> arrows_point_down_only() {
        return arrows().entrySet().stream()
                .map(arrow -> DynamicTest.dynamicTest(arrow.getKey() + "_uses_only_what_is_below_it", () -> {
                    var allowed = new ArrayList<>(arrow.getValue());
                    allowed.add(arrow.getKey());
                    hold(noClasses()
                            .that()
                            .resideInAPackage("dev.steward." + arrow.getKey() + "..")
                            .should()
                            .dependOnClassesThat(
                                    resideInAPackage("dev.steward..").and(not(resideInAnyPackage(packages(allowed)))))
                            .because("arrows point down only, and this is not below: " + allowed));
                }));
    }

    @Test
    void every_package_has_its_place() {
        var known = arrows().keySet();

        var rooms = STEWARD.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("dev.steward."))
                .map(name -> name.substring("dev.steward.".length()).replaceFirst("\\..*", ""))
                .collect(Collectors.toSet());

        assertThat(known).as("packages with a place in the layering").containsAll(rooms);
    }

    @Test
    void no_two_packages_need_each_other() {
        hold(slices().matching("dev.steward.(*)..").should().beFreeOfCycles());
    }

    @Test
    void the_reference_agent_names_no_library() {
        hold(noClasses()
                .that()
                .resideInAPackage("dev.steward.agent..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "dev.steward.agent..",
                        "dev.steward.bus..",
                        "dev.steward.orders..",
                        "java..",
                        "javax..",
                        "org.jspecify.annotations"))));
    }

    @Test
    void native_code_is_called_from_posix_alone() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackage("dev.steward.posix..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign.."));
    }

    @Test
    void time_comes_from_an_injected_source() {
        var readsTheRealClock = describe("reads the real clock", (JavaAccess<?> access) -> {
            var method = access.getTarget().getName();
            var type = access.getTargetOwner().getFullName();
            return switch (method) {
                case "currentTimeMillis" -> type.equals("java.lang.System");
                case "now" -> type.startsWith("java.time.") && !isGivenAClock(access);
                case "<init>" -> type.equals("java.util.Date");
                default -> method.startsWith("system") && CLOCKS.contains(type);
            };
        });

        hold(noClasses()
                .that(describe("do not make the clock", type -> !CLOCK_MAKERS.contains(type.getName())))
                .should()
                .accessTargetWhere(readsTheRealClock)
                .because("only " + CLOCK_MAKERS + " make a clock; tests turn theirs by hand"));
    }

    private static boolean isGivenAClock(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget method
                && method.getRawParameterTypes().stream().anyMatch(type -> CLOCKS.contains(type.getName()));
    }

    @Test
    void nothing_sleeps() {
        hold(noClasses()
                .should()
                .accessTargetWhere(describe(
                        "sleeps",
                        (JavaAccess<?> access) -> access.getTarget().getName().equals("sleep")
                                && SLEEPERS.contains(access.getTargetOwner().getName())))
                .because("whoever waits, waits for an event or a deadline"));
    }

    @Test
    void the_daemons_log_goes_through_slf4j() {
        hold(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."));
    }
}
