package dev.steward.bus.redis;

import dev.steward.bus.Bus;
import dev.steward.bus.BusContract;
import dev.steward.bus.BusException;
import dev.steward.testing.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

class RedisBusContractTest extends BusContract {
    @Override
    protected Fixture fixture(Path home) throws Exception {
        return new RedisFixture(home);
    }

    private static final class RedisFixture implements Fixture {
        private final Path home;
        private final RedisServer redis;
        private final Deque<RedisNode> open = new ArrayDeque<>();
        private RedisNode node;

        RedisFixture(Path home) throws Exception {
            this.home = home;
            this.redis = RedisServer.start(home.resolve("redis"));
            this.node = node("studio");
        }

        private RedisNode node(String name) throws Exception {
            var made = new RedisNode(
                    name, Files.createDirectories(home.resolve(name)), RedisAddress.of("127.0.0.1", redis.port()));
            open.push(made);
            return made;
        }

        @Override
        public Bus bus() {
            return node.bus;
        }

        @Override
        public Bus other() throws Exception {
            return node("attic").bus;
        }

        @Override
        public void restart() throws Exception {
            closeNodes();
            node = node("studio");
        }

        @Override
        public Path spool() {
            return node.spool;
        }

        @Override
        public void settle() throws Exception {
            node.settle();
        }

        @Override
        public boolean canBeCut() {
            return true;
        }

        @Override
        public void cut() throws Exception {
            redis.kill();
        }

        @Override
        public void mend() throws Exception {
            redis.start();
        }

        private void closeNodes() throws BusException {
            while (!open.isEmpty()) {
                open.pop().close();
            }
        }

        @Override
        public void close() throws Exception {
            closeNodes();
            redis.close();
        }
    }
}
