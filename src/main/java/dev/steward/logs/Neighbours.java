package dev.steward.logs;

import dev.steward.posix.FileFacts;
import dev.steward.posix.Users;
import dev.steward.posix.Writers;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** The users and processes of this machine. */
record Neighbours(Users users, Writers writers) implements Around {
    @Override
    public int user() {
        return users.present();
    }

    @Override
    public <T> T as(String user, Callable<T> work) throws Exception {
        return users.as(user, work);
    }

    @Override
    public <T> T as(int uid, Callable<T> work) throws Exception {
        return users.as(uid, work);
    }

    @Override
    public <T, X extends Exception> T asItself(Users.Part<T, X> part) throws X {
        return users.asBefore(part);
    }

    @Override
    public Optional<String> whoWritesAnywhere(FileFacts file) {
        return seen(file).of(file.key()).stream()
                .filter(Predicate.not(Writers.Writer::appends))
                .findFirst()
                .map(writer -> writer.program() + " (pid " + writer.pid() + ")");
    }

    @Override
    public boolean isWritten(FileFacts file) {
        return !seen(file).of(file.key()).isEmpty();
    }

    @Override
    public boolean isSurelyUnwritten(FileFacts file) {
        var seen = seen(file);
        return seen.complete() && seen.of(file.key()).isEmpty();
    }

    /** As Steward itself: a user is not shown the files of root. */
    private Writers.Seen seen(FileFacts file) {
        return users.asBefore(() -> writers.ofOthers(Set.of(file.key())));
    }
}
