package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class DiskTest {
    @Test
    void a_reason_is_the_same_at_each_attempt() {
        var ground = new Ground(Path.of("/inbox/CLC"));
        var names = new ArrivingNames(new SecureRandom());

        for (var attempt = 0; attempt < 3; attempt++) {
            var file =
                    ground.arriving().resolve(names.next(Orders.order("WO-1"))).resolve("WO-1.yaml");
            assertThat(Disk.reason(new FileSystemException(file.toString(), null, "Disk quota exceeded")))
                    .isEqualTo("/inbox/CLC/.arriving/…/WO-1.yaml: Disk quota exceeded");
        }
    }
}
