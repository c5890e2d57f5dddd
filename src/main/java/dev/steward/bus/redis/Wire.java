package dev.steward.bus.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.RedisInputStream;

/** One connection. For one thread, but for {@link #cut}. Answers are what {@link Resp} makes of them. */
final class Wire extends Connection {
    private final Duration answer;

    /** No initializer: the constructor of the superclass connects, and would have it undone. */
    private boolean dialed;

    private Wire(Connection.Builder builder, Duration answer) {
        super(builder);
        this.answer = answer;
    }

    /** Connects and logs in. */
    static Wire open(HostAndPort server, JedisClientConfig config) {
        var answer = Duration.ofMillis(config.getSocketTimeoutMillis());
        var builder = new Builder() {
            @Override
            protected Connection createConnection() {
                return new Wire(this, answer);
            }
        };
        builder.socketFactory(new DefaultJedisSocketFactory(server, config)).clientConfig(config);
        return (Wire) builder.build();
    }

    /** Once alone: Jedis would connect anew before the next command, without a login, to database 0. */
    @Override
    public void connect() {
        if (isConnected()) {
            return;
        }
        if (dialed) {
            throw new JedisConnectionException("the connection is closed");
        }
        dialed = true;
        super.connect();
    }

    /** Asks and waits for the answer. */
    @Nullable
    Object ask(CommandArguments command) {
        sendCommand(command);
        return getOne();
    }

    /** The same for a command that answers late on purpose. */
    @Nullable
    Object askBlocking(CommandArguments command, Duration block) {
        sendCommand(command);
        setSoTimeout(Math.toIntExact(block.plus(answer).toMillis()));
        try {
            return getOne();
        } finally {
            if (!isBroken()) {
                setSoTimeout(Math.toIntExact(answer.toMillis()));
            }
        }
    }

    /** Asks all at once; an answer that is an error stands in its place as the exception. */
    List<@Nullable Object> askAll(List<CommandArguments> commands) {
        commands.forEach(this::sendCommand);
        return new ArrayList<@Nullable Object>(getMany(commands.size()));
    }

    /** Waits without end for what comes unasked, once {@link #ask} has subscribed. */
    @Nullable
    Object next() {
        setSoTimeout(0);
        return getUnflushedObject();
    }

    /** Closes the socket under whoever waits on it. Any thread. */
    void cut() {
        try {
            forceDisconnect();
        } catch (IOException e) {
            throw new UncheckedIOException("Jedis closes sockets quietly", e);
        }
    }

    @Override
    protected @Nullable Object protocolRead(RedisInputStream in, PushConsumerChain pushes) {
        return Resp.read(in);
    }
}
