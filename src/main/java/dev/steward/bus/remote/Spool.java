package dev.steward.bus.remote;

import dev.steward.bus.Body;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The folder in which large payloads have to lie: no other file of the machine becomes one because somebody names it. */
record Spool(Path folder) {
    /** Refuses a payload that names a file elsewhere. */
    void holds(Body body) throws BusException {
        switch (body.content()) {
            case Body.Content.Inline _ -> {}
            case Body.Content.Spooled spooled -> {
                var file = spooled.file();
                if (!folder.equals(file.getParent()) || !file.equals(file.normalize())) {
                    throw refused(file, "it does not lie in the node's spool, which is " + folder);
                }
            }
        }
    }

    /** The same for one that is dropped: if it is there, then as it is described. The bus knows what it means if it is not. */
    void keeps(Body body) throws BusException {
        holds(body);
        switch (body.content()) {
            case Body.Content.Inline _ -> {}
            case Body.Content.Spooled spooled -> isWhole(spooled.file(), body.size());
        }
    }

    private static void isWhole(Path file, long size) throws BusException {
        try {
            var facts = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!facts.isRegularFile()) {
                throw refused(file, "it is no regular file");
            }
            if (facts.size() != size) {
                throw refused(file, "it has " + facts.size() + " bytes, and the order says " + size);
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new BusException(Kind.REFUSED, file + " cannot be the body of an order: " + e, e);
        }
    }

    private static BusException refused(Path file, String why) {
        return new BusException(Kind.REFUSED, file + " cannot be the body of an order: " + why);
    }
}
