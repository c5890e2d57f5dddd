package dev.steward.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.redis.Lane.Request;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

class LaneTest extends RedisRig {
    @Test
    void each_of_several_equal_requests_has_its_own_answers() throws Exception {
        var redis = server();
        var dialer = new Dialer(RedisAddress.of("127.0.0.1", redis.port()), QUICK, "studio");
        var session = dialer.connect();
        keep(session::end);
        var count = new CommandArguments(Command.INCR).add("count");

        var answers = session.lane().askAll(List.of(new Request("count", count), new Request("count", count)));

        assertThat(answers).isEqualTo(List.of(List.of(1L), List.of(2L)));
    }
}
