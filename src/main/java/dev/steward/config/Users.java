package dev.steward.config;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/** The users of this machine, and which of them this process is. */
interface Users {
    boolean exist(String name) throws IOException;

    /** Whether this process may act as that user. */
    boolean mayBecome(String name);

    /** Those that this machine knows; a number is taken for the number of a user. */
    static Users ofThisMachine() {
        return new Users() {
            @Override
            public boolean exist(String name) throws IOException {
                try {
                    return FileSystems.getDefault()
                                    .getUserPrincipalLookupService()
                                    .lookupPrincipalByName(name)
                            != null;
                } catch (UserPrincipalNotFoundException e) {
                    return false;
                }
            }

            @Override
            public boolean mayBecome(String name) {
                return name.equals(System.getProperty("user.name")) || new UnixSystem().getUid() == 0;
            }
        };
    }
}
