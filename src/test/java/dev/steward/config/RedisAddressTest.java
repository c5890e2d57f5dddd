package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

class RedisAddressTest {
    private static final Converter<RedisAddress> CONVERTER = RedisAddress.relativeTo(Path.of("/srv"));

    private final Problems problems = new Problems(Path.of("steward.yaml"));

    private Optional<RedisAddress> read(String text) {
        var node = new ScalarNode(Tag.STR, text, ScalarStyle.DOUBLE_QUOTED);
        return CONVERTER.read(node, Scope.root(problems, node));
    }

    @Property(tries = 500)
    void every_address_is_read_as_it_was_meant_and_is_valid(@ForAll("addresses") RedisAddress address) {
        var written = written(address);

        assertThat(read(written)).contains(address);
        assertThat(problems.inOrder()).isEmpty();
        assertThat(written).matches(Pattern.compile((String) CONVERTER.schema().get("pattern")));
    }

    @Property(tries = 1000)
    void a_password_in_clear_is_refused_whatever_stands_around_it(
            @ForAll("texts") String before, @ForAll("texts") String between, @ForAll("texts") String after) {
        var address = before + ":" + between + "hunter2@" + after;

        assertThat(read("redis://" + address)).isEmpty();
        assertThat(read(address.replace("/", ""))).isEmpty();
        assertThat(problems.inOrder())
                .isNotEmpty()
                .noneMatch(problem -> problem.toString().contains("hunter2"));
    }

    private static String written(RedisAddress address) {
        var password = address.password().map(secret -> ":" + secret).orElse("");
        var login = address.user().orElse("") + password;
        return (address.tls() ? "rediss://" : "redis://") + (login.isEmpty() ? "" : login + "@") + address.server()
                + "/" + address.database();
    }

    @Provide
    Arbitrary<RedisAddress> addresses() {
        var users = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("-_.~+")
                .ofMinLength(1)
                .ofMaxLength(8);
        var secrets = Arbitraries.of("${env:P}", "${file:/srv/p}", "${file:/srv/a@b:c}", "${file:/x y/é}")
                .map(text -> new Secret(new Text(text)));
        var hosts = Arbitraries.of("localhost", "10.0.0.1", "::1", "fe80::1%1", "a-b_c.example.com");
        var servers = Combinators.combine(hosts, Arbitraries.integers().between(1, 65_535))
                .as(Endpoint::new);
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        users.optional(),
                        secrets.optional(),
                        servers,
                        Arbitraries.integers().between(0, RedisAddress.LAST_DATABASE))
                .as(RedisAddress::new);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab:@/$${}[]?#%. \u00e9\n").ofMaxLength(6);
    }
}
