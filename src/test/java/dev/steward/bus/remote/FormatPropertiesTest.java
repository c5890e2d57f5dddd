package dev.steward.bus.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is said is understood, and whatever else comes is malformed and nothing worse. */
class FormatPropertiesTest {
    @Property(tries = 300)
    void a_request_is_read_as_it_was_written(@ForAll("requests") Request request) throws Malformed {
        assertThat(RequestFormat.read(RequestFormat.write(request))).isEqualTo(request);
    }

    @Property(tries = 300)
    void a_reply_is_read_as_it_was_written(@ForAll("replies") Reply reply) throws Malformed {
        var message = ReplyFormat.write(reply);
        assertThat(ReplyFormat.read(message)).isEqualTo(reply);
        assertThat(ReplyFormat.isLast(message))
                .isNotEqualTo(reply instanceof Reply.Given || reply instanceof Reply.Told);
    }

    @Property(tries = 300)
    void a_message_that_is_cut_off_or_goes_on_is_malformed(
            @ForAll("requests") Request request, @ForAll int cut, @ForAll byte more) {
        var whole = RequestFormat.write(request);
        assertThatThrownBy(() -> RequestFormat.read(Arrays.copyOf(whole, Math.floorMod(cut, whole.length))))
                .isInstanceOf(Malformed.class);
        var longer = Arrays.copyOf(whole, whole.length + 1);
        longer[whole.length] = more;
        assertThatThrownBy(() -> RequestFormat.read(longer)).isInstanceOf(Malformed.class);
    }

    @Property(tries = 1000)
    void a_changed_byte_is_read_or_malformed(
            @ForAll("requests") Request request, @ForAll int at, @ForAll byte changed) {
        var message = RequestFormat.write(request);
        message[Math.floorMod(at, message.length)] = changed;
        assertThat(read(message)).isIn("read", "malformed");
    }

    @Property(tries = 1000)
    void any_bytes_are_read_or_malformed(@ForAll byte[] message) {
        assertThat(read(message)).isIn("read", "malformed");
    }

    private static String read(byte[] message) {
        try {
            RequestFormat.read(message);
            return "read";
        } catch (Malformed e) {
            return "malformed";
        }
    }

    @Provide
    Arbitrary<Request> requests() {
        return Messages.requests();
    }

    @Provide
    Arbitrary<Reply> replies() {
        return Messages.replies();
    }
}
