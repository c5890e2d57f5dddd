package dev.steward.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

class TroubleTest {
    private static final String WHERE = "Redis at localhost:6379";

    private static Trouble of(String answer) {
        return Trouble.of(new JedisDataException(answer), WHERE, "steward:acks");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    WRONGPASS invalid username-password pair or user is disabled.    | Broken   | refuses the user or the password
                    NOAUTH Authentication required.                                  | Broken   | wants a password
                    NOPERM this user has no permissions to run the 'xadd' command    | Key      | does not permit it (steward:acks)
                    WRONGTYPE Operation against a key holding the wrong kind of value| Key      | something else under the key 'steward:acks'
                    OOM command not allowed when used memory > 'maxmemory'.          | Refusing | is full
                    MISCONF Errors writing to the AOF file: No space left on device  | Refusing | can't write to its disk
                    READONLY You can't write against a read only replica.            | Broken   | is a replica
                    LOADING Redis is loading the dataset in memory                   | Broken   | is still loading its data
                    MOVED 3999 127.0.0.1:6381                                        | Broken   | is moving its slots
                    ASK 3999 127.0.0.1:6381                                          | Broken   | is moving its slots
                    CLUSTERDOWN Hash slot not served                                 | Refusing | lacks nodes
                    BUSY Redis is busy running a script                              | Refusing | a script that does not end
                    NOREPLICAS Not enough good replicas to write.                    | Refusing | has too few replicas
                    MASTERDOWN Link with MASTER is down                              | Refusing | takes nothing now
                    ERR max number of clients reached                                | Broken   | no room for one more connection
                    ERR unknown command 'XAUTOCLAIM'                                 | Refusing | has to be Redis 6.2 or newer
                    ERR AUTH <password> called without any password configured       | Broken   | has no password
                    ERR something new                                                | Key      | answers (steward:acks): ERR something new
                    ERR Error running script (call to f_6b1b): @user_script:3: WRONGTYPE Operation against a key | Key | something else
                    ERR Error running script (call to f_6b1b): @user_script:1: @user_script: 1: -OOM command not allowed | Refusing | is full
                    NOPERM this user has no permissions script: ab12, on @user_script:1. | Key | no permissions. Its ACL
                    """)
    void each_answer_has_its_own_words(String answer, String kind, String words) {
        var trouble = of(answer);
        assertThat(trouble.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(trouble.reason()).startsWith(WHERE).contains(words);
    }

    @Test
    void what_a_server_says_cannot_write_over_a_terminal() {
        assertThat(of("ERR \u001b[2Jcleared\u202e\u0000").reason()).endsWith("ERR ?[2Jcleared??");
        assertThat(of("ERR " + "x".repeat(10_000)).reason().length()).isLessThan(400);
    }

    @Test
    void a_silence_is_told_wherever_it_lies() {
        var deep = new JedisConnectionException(
                "outer", new JedisConnectionException("inner", new SocketTimeoutException("Read timed out")));
        assertThat(Trouble.of(deep, WHERE, "")).isEqualTo(new Trouble.Broken(WHERE + " gives no answer"));
    }

    @Test
    void an_answer_of_another_shape_is_told() {
        for (var answer : List.of(new Trouble.Unexpected("x"), new JedisException("x"))) {
            assertThat(Trouble.of(answer, WHERE, ""))
                    .isInstanceOf(Trouble.Broken.class)
                    .returns(true, trouble -> trouble.reason().contains("Is it Redis?"));
        }
    }

    @Test
    void an_answer_that_lacks_something_is_of_another_shape() {
        assertThatThrownBy(() -> Reply.at(List.of("one"), 1)).isInstanceOf(Trouble.Unexpected.class);
        assertThatThrownBy(() -> Reply.read(List.of())).isInstanceOf(Trouble.Unexpected.class);
    }

    @Test
    void a_fault_of_this_node_is_not_laid_at_the_door_of_redis() {
        for (var fault : List.of(
                new IllegalStateException("nobody sends x"),
                new UncheckedIOException(new IOException("Input/output error")),
                new NullPointerException())) {
            assertThat(Trouble.of(fault, WHERE, ""))
                    .isInstanceOf(Trouble.Own.class)
                    .returns(true, trouble -> trouble.reason().startsWith("a fault on this node, and not of " + WHERE));
        }
    }
}
