package dev.steward.logs;

import dev.steward.config.ArchiveName;
import dev.steward.config.Glob;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The live logs that a glob means: of the files that it matches those that are no archives, nor becoming one. */
record Matching(Glob glob) {
    private static final Pattern HIDDEN = Pattern.compile("\\..*\\.(cut|gz)-.*", Pattern.DOTALL);

    /**
     * Those that are there, in the order of their paths.
     *
     * @throws IOException if its folder cannot be read
     */
    List<Path> files() throws IOException {
        var found = new ArrayList<Path>();
        if (Files.isDirectory(glob.start())) {
            Files.walkFileTree(glob.start(), EnumSet.noneOf(FileVisitOption.class), glob.depth(), visitor(found));
        }
        return found.stream().sorted().toList();
    }

    private SimpleFileVisitor<Path> visitor(List<Path> found) {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                // A link is said to be left alone; what else is no file, a glob does not mean.
                var isFile = attributes.isRegularFile() || attributes.isSymbolicLink();
                if (isFile && means(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // A folder without rights, or one that was just removed: the others count.
                return FileVisitResult.CONTINUE;
            }
        };
    }

    /** Whether a file of that path, which need not be there, would be one of them. */
    boolean means(Path file) {
        return glob.matches(file) && !isHidden(file) && liveOf(file).isEmpty();
    }

    private static boolean isHidden(Path file) {
        return HIDDEN.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** Whose archive a file is that the glob matches. A name that ends in a number alone may be that of a log; then there is no other. */
    Optional<Path> liveOf(Path file) {
        return glob.matches(file)
                ? ArchiveName.in(String.valueOf(file.getFileName())).flatMap(archive -> {
                    var live = file.resolveSibling(archive.log());
                    return Optional.of(live)
                            .filter(_ -> archive.compressed() || Files.exists(live, LinkOption.NOFOLLOW_LINKS));
                })
                : Optional.empty();
    }
}
