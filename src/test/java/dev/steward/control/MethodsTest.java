package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.supervise.GoingDowns;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class MethodsTest {
    @Test
    void who_asks_a_daemon_that_goes_down_may_try_later() {
        var direct = Methods.explain("reload", GoingDowns.one());
        assertThat(direct.code()).isEqualTo(RpcError.BUSY);
        assertThat(direct).hasMessageContaining("goes down").hasMessageNotContaining("fault of Steward");
        var later = Methods.explain("start", new ExecutionException(GoingDowns.one()));
        assertThat(later.code()).isEqualTo(RpcError.BUSY);
    }
}
