package dev.steward.logs;

import dev.steward.posix.FileFacts;
import dev.steward.posix.FileKey;
import dev.steward.posix.Users;
import dev.steward.posix.Writers;
import java.util.List;
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
    public Optional<String> whoWritesAnywhere(FileFacts file) {
        return writersOf(file).stream()
                .filter(Predicate.not(Writers.Writer::appends))
                .findFirst()
                .map(writer -> writer.program() + " (pid " + writer.pid() + ")");
    }

    @Override
    public boolean isWritten(FileFacts file) {
        return !writersOf(file).isEmpty();
    }

    private List<Writers.Writer> writersOf(FileFacts file) {
        var key = new FileKey(file.device(), file.inode());
        return writers.ofOthers(Set.of(key)).of(key);
    }
}
