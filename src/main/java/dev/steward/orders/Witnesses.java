package dev.steward.orders;

import dev.steward.orders.InboxCheck.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What is said of a file's content: by the checksums, by the manifest, and by what the node knows. The one that contradicts the others
 * is what was changed.
 */
final class Witnesses {
    private final OrderFiles files;
    private final Checksums sums;

    Witnesses(OrderFiles files, Checksums sums) {
        this.files = files;
        this.sums = sums;
    }

    /** Judges envelope or payload; gives the hash of what lies there, if it could be read. */
    Optional<String> judge(String file, Manifest.Part said, Optional<String> known) {
        var sum = sums.of(file);
        if (sum.isEmpty()) {
            files.unreadable(Checksums.PATH, "has no checksum of " + Names.shown(file));
        }
        var size = files.size(file);
        if (size.isEmpty()) {
            return Optional.empty();
        }
        // Of a payload that is still being copied, this is seen without reading it.
        if (size.get() != said.size()
                && !known.equals(Optional.of(said.sha256()))
                && sum.equals(Optional.of(said.sha256()))) {
            files.found(new Finding.Changed(file));
            return Optional.empty();
        }
        var is = files.hash(file);
        is.ifPresent(hashing -> judge(file, hashing, said, known));
        return is.map(Hashing::sha256);
    }

    private void judge(String file, Hashing is, Manifest.Part said, Optional<String> known) {
        var bySum = sums.of(file).orElse(is.sha256());
        var isAsSaid = is.sha256().equals(said.sha256());
        var isAsSummed = is.sha256().equals(bySum);
        var isAsKnown = known.isEmpty() || known.get().equals(is.sha256());
        if (!isAsKnown || (!isAsSaid && !isAsSummed)) {
            files.found(new Finding.Changed(file));
        } else if (!isAsSummed) {
            files.found(new Finding.Changed(Checksums.PATH));
        } else if (!isAsSaid || is.size() != said.size()) {
            files.found(new Finding.Changed(Manifest.PATH));
        }
    }

    /** The other files that have a checksum. */
    void judgeOthers(List<String> judged) {
        for (var line : sums.lines()) {
            if (!judged.contains(line.path())) {
                files.hash(line.path())
                        .filter(is -> !is.sha256().equals(line.sha256()))
                        .ifPresent(_ -> files.found(new Finding.Changed(line.path())));
            }
        }
    }
}
