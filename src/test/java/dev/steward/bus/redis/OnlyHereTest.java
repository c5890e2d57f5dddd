package dev.steward.bus.redis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class OnlyHereTest {
    @Test
    void no_other_package_knows_the_client_library_so_that_homes_without_redis_never_load_it() {
        var all = new ClassFileImporter()
                .importUrl(RedisBus.class.getProtectionDomain().getCodeSource().getLocation());
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.steward.bus.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("redis.clients..")
                .check(all);
    }
}
