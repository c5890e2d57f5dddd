package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;

class PeersTest {
    private record User(String getName) implements UserPrincipal {
        @Override
        public String getName() {
            return getName;
        }
    }

    private final Peers peers = new Peers(new User("ann"), new User("root"));

    @Test
    void the_daemons_user_and_root_may_talk_and_nobody_else() {
        assertThat(peers.mayTalk(new User("ann"))).isTrue();
        assertThat(peers.mayTalk(new User("root"))).isTrue();
        assertThat(peers.mayTalk(new User("bob"))).isFalse();
    }
}
