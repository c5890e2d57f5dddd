package dev.steward.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.RedisInputStream;

class RespTest {
    private static @Nullable Object read(String text) {
        return read(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static @Nullable Object read(byte[] bytes) {
        return Resp.read(new RedisInputStream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void answers_of_each_kind_are_read() {
        assertThat(read(":42\r\n")).isEqualTo(42L);
        assertThat(read("$3\r\na\r\n\r\n")).isEqualTo("a\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(read("$-1\r\n")).isNull();
        assertThat(read("*-1\r\n")).isNull();
        assertThat(Reply.list(read("*2\r\n:1\r\n*1\r\n$1\r\nx\r\n"))).hasSize(2);
        assertThatThrownBy(() -> read("-ERR no\r\n"))
                .isInstanceOf(JedisDataException.class)
                .hasMessage("ERR no");
        assertThat(Reply.list(read("*1\r\n-ERR no\r\n")).getFirst()).isInstanceOf(JedisDataException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$1048577\r\n",
                "$2147483647\r\n",
                "*100001\r\n",
                "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n"
            })
    void what_is_larger_than_anything_of_stewards_is_not_read(String answer) {
        assertThatThrownBy(() -> read(answer)).isInstanceOf(Resp.TooLarge.class);
    }

    @Test
    void many_values_that_are_together_too_large_are_not_read() {
        var value = "$1048576\r\n" + "x".repeat(1_048_576) + "\r\n";
        assertThatThrownBy(() -> read("*17\r\n" + value.repeat(17))).isInstanceOf(Resp.TooLarge.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400\r\n", "\u0015\u0003\u0001", "$3\r\nab", "*2\r\n:1\r\n", "$x\r\n", ""})
    void rubbish_is_a_broken_connection(String answer) {
        assertThatThrownBy(() -> read(answer))
                .isInstanceOf(RuntimeException.class)
                .isNotInstanceOf(JedisDataException.class);
    }

    @Property(tries = 2_000)
    void no_bytes_do_anything_worse(@ForAll byte[] bytes) {
        try {
            var answer = read(bytes);
            assertThat(answer == null || answer instanceof Long || answer instanceof byte[] || answer instanceof List)
                    .isTrue();
        } catch (JedisException | NumberFormatException e) {
            assertThat(Trouble.of(e, "Redis", "").reason()).isNotBlank();
        }
    }

    @Test
    void the_end_of_a_connection_is_told() {
        assertThatThrownBy(() -> read("$3\r\na")).isInstanceOf(JedisConnectionException.class);
    }
}
