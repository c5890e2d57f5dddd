package dev.steward.bus.redis;

import static dev.steward.bus.BusSamples.acknowledgement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Change;
import dev.steward.bus.OrderState;
import dev.steward.bus.Result;
import dev.steward.testing.Await;
import dev.steward.testing.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody acknowledges a result, and it is heard nevertheless, whatever Redis loses. */
class RedisResultTest extends RedisRig {
    private static final Duration LONG = Duration.ofSeconds(15);

    private RedisServer redis;
    private Relay way;
    private RedisNode sender;
    private RedisNode receiver;

    @BeforeEach
    void deliverOne() throws Exception {
        redis = server();
        way = keep(new Relay(redis.port()));
        sender = node("studio", RedisAddress.of("127.0.0.1", way.port()));
        receiver = node("attic", redis);
        try (var reception = receiver.bus.receive("CLC")) {
            drop(sender, "WO-1");
            var taken = reception.take(1, LONG).getFirst();
            reception.acknowledge(taken, acknowledgement(taken));
        }
        awaitState(OrderState.DELIVERED);
        // It hears nothing of the result.
        way.cut();
    }

    private void awaitState(OrderState state) throws Exception {
        Await.until("its sender has it as " + state, () -> state(sender, "WO-1") == state);
    }

    private void answer(Instant at) throws Exception {
        var result = new Result(true, "clc", 1, Duration.ofSeconds(5), OptionalInt.of(0), "", "fine", at);
        receiver.ledger.change("WO-1", new Change.Done(result));
        receiver.settle();
        Await.until("it is told", () -> told().equals("1"));
    }

    private String told() throws Exception {
        return redis.cli("XLEN", "steward:results").strip();
    }

    @Test
    void a_result_is_told_again_when_redis_lost_all() throws Exception {
        answer(Instant.now());
        redis.cli("FLUSHALL");
        way.mend();
        awaitState(OrderState.DONE);
        assertThat(sender.ledger.order("WO-1").orElseThrow().result()).isPresent();
        Await.until("others see it", () -> redis.cli("GET", "wo:result:WO-1").contains("success"));
    }

    @Test
    void a_result_that_redis_had_not_synced_when_it_died_is_told_again() throws Exception {
        answer(Instant.now());
        var epoch = redis.cli("GET", "steward:epoch");
        // As if it had died before it was on disk.
        redis.cli("DEL", "steward:results");
        redis.cli("CLIENT", "KILL", "TYPE", "normal");
        way.mend();
        awaitState(OrderState.DONE);
        assertThat(redis.cli("GET", "steward:epoch")).isEqualTo(epoch);
    }

    @Test
    void who_hears_a_result_once_more_records_it_once() throws Exception {
        answer(Instant.now());
        way.mend();
        awaitState(OrderState.DONE);
        redis.cli("FLUSHALL");
        Await.until("it is told again", () -> told().equals("1"));
        drop(sender, "WO-2");
        sender.settle();
        assertThat(sender.ledger.owed(100))
                .filteredOn(each -> each.event().equals("wo_done"))
                .hasSize(1);
    }
}
