package dev.steward.bus.redis;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** What went wrong with Redis, told apart by what helps. Pure. */
sealed interface Trouble {
    /** The last place in a script and what follows. */
    Pattern IN_A_SCRIPT = Pattern.compile(".*@user_script: ?[0-9]+: -?(.*)");

    /** For people, without secrets: what happened, where, what to do. */
    String reason();

    /** The connection is of no use: all begins anew. */
    record Broken(String reason) implements Trouble {}

    /** Redis answers, and refuses whatever is asked for: the same may be asked again later. */
    record Refusing(String reason) implements Trouble {}

    /** Redis refuses this key alone. */
    record Key(String reason) implements Trouble {}

    /** A fault of this program or of this machine, of which Redis knows nothing: whoever met it tries again. */
    record Own(String reason) implements Trouble {}

    /** An answer of another kind than was asked for. */
    final class Unexpected extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unexpected(String message) {
            super(message);
        }
    }

    /** A reason of this program's own why there can be no connection, in words for people. */
    final class NoConnection extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoConnection(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A trouble that was judged where more was known of it. */
    final class Told extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Trouble trouble;

        Told(Trouble trouble) {
            super(trouble.reason());
            this.trouble = trouble;
        }
    }

    /**
     * Says what it is.
     *
     * @param where which Redis, for people
     * @param key what was asked for; empty: nothing in particular
     */
    static Trouble of(RuntimeException e, String where, String key) {
        return switch (e) {
            case Told told -> told.trouble;
            case NoConnection own -> new Broken(String.valueOf(own.getMessage()));
            case Resp.TooLarge large ->
                new Broken(where + " has " + large.getMessage() + " in '" + key + "': more than Steward ever writes");
            case JedisDataException answer -> refused(unwrapped(Printable.of(answer.getMessage())), where, key);
            case JedisConnectionException broken -> new Broken(broken(broken, where));
            // Whatever else the client library does not understand.
            case JedisException other -> new Broken(notRedis(where, other));
            case Unexpected other -> new Broken(notRedis(where, other));
            default ->
                new Own("a fault on this node, and not of " + where + "; it is tried again: "
                        + e.getClass().getSimpleName() + ": " + Printable.of(e.getMessage()));
        };
    }

    private static String notRedis(String where, RuntimeException e) {
        return where + " answers what Redis would not. Is it Redis? ("
                + e.getClass().getSimpleName() + ")";
    }

    /** Redis 6.2 puts its own words before the error of a command in a script; newer ones put some behind it. */
    private static String unwrapped(String answer) {
        if (answer.startsWith("ERR Error running script")) {
            var matcher = IN_A_SCRIPT.matcher(answer);
            return matcher.matches() ? matcher.group(1) : answer;
        }
        int behind = answer.indexOf(" script: ");
        return behind > 0 && answer.contains("@user_script") ? answer.substring(0, behind) : answer;
    }

    private static Trouble refused(String answer, String where, String key) {
        int space = answer.indexOf(' ');
        return switch (space < 0 ? answer : answer.substring(0, space)) {
            case "WRONGPASS" ->
                new Broken(where + " refuses the user or the password (WRONGPASS): see the bus in the configuration");
            case "NOAUTH" ->
                new Broken(where + " wants a password (NOAUTH), and the bus has none in the configuration");
            case "NOPERM" ->
                new Key(where + " does not permit it" + about(key) + ": " + answer
                        + ". Its ACL must allow what docs/bus.md lists");
            case "WRONGTYPE" ->
                new Key(where + " has something else under the key '" + key
                        + "' than Steward puts there (WRONGTYPE): rename or delete that key");
            case "OOM" ->
                new Refusing(
                        where + " is full (OOM): free memory there or raise its maxmemory; orders wait here meanwhile");
            case "MISCONF" ->
                new Refusing(
                        where
                                + " can't write to its disk and takes nothing (MISCONF): see its log; orders wait here meanwhile");
            case "READONLY" ->
                new Broken(where + " is a replica that takes nothing (READONLY): name the master, or the Sentinels");
            case "LOADING" -> new Broken(where + " is still loading its data (LOADING)");
            case "MOVED", "ASK" -> new Broken(where + " is moving its slots (" + answer + ")");
            case "BUSY" ->
                new Refusing(where + " is busy with a script that does not end (BUSY): end it by SCRIPT KILL, or wait");
            case "CLUSTERDOWN" ->
                new Refusing(where + " lacks nodes, and takes nothing (CLUSTERDOWN): see CLUSTER INFO there, or wait");
            case "NOREPLICAS" ->
                new Refusing(
                        where
                                + " has too few replicas, and takes nothing (NOREPLICAS): see its min-replicas-to-write, or wait");
            case "TRYAGAIN", "MASTERDOWN" -> new Refusing(where + " takes nothing now: " + answer);
            case "NOPROTO" -> new Broken(where + ": " + answer);
            default -> other(answer, where, key);
        };
    }

    private static Trouble other(String answer, String where, String key) {
        if (answer.startsWith("ERR max number of clients")) {
            return new Broken(where + " has no room for one more connection: raise its maxclients");
        }
        if (answer.startsWith("ERR AUTH ") || answer.startsWith("ERR Client sent AUTH")) {
            return new Broken(where + " has no password, and the bus has one in the configuration");
        }
        if (answer.startsWith("ERR unknown command")) {
            return new Refusing(where + " is too old, it has to be Redis 6.2 or newer, or Valkey: " + answer);
        }
        return new Key(where + " answers" + about(key) + ": " + answer);
    }

    private static String about(String key) {
        return key.isEmpty() ? "" : " (" + key + ")";
    }

    private static String broken(JedisConnectionException e, String where) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            for (Throwable each : cause.getSuppressed()) {
                String reason = known(each);
                if (!reason.isEmpty()) {
                    return where + reason;
                }
            }
            String reason = known(cause);
            if (!reason.isEmpty()) {
                return where + reason;
            }
        }
        String message = Printable.of(e.getMessage());
        if (message.startsWith("Unknown reply") || message.startsWith("Unexpected character")) {
            return where + " does not speak Redis' protocol: is it another port, or one that wants TLS (rediss://)?";
        }
        return where + " closed the connection" + (message.startsWith("Unexpected end") ? "" : ": " + message);
    }

    private static String known(Throwable cause) {
        return switch (cause) {
            case UnknownHostException _ -> " can't be found: there is no such host";
            case SocketTimeoutException _ -> " gives no answer";
            case ConnectException refused -> " can't be reached: " + Printable.of(refused.getMessage());
            case NoRouteToHostException none -> " can't be reached: " + Printable.of(none.getMessage());
            case SSLException tls -> ": the TLS handshake failed: " + Printable.of(tls.getMessage());
            case SocketException broken -> " broke the connection: " + Printable.of(broken.getMessage());
            case EOFException _ -> " closed the connection";
            default -> "";
        };
    }
}
