package dev.steward.bus.redis;

import dev.steward.bus.redis.Trouble.NoConnection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** Whom TLS trusts. The host's name is always checked. */
final class Trust {
    private static final String TYPE = "PKCS12";

    private Trust() {}

    /** Those who are signed by these certificates in PEM; without any, by those that Java knows. */
    static SslOptions in(Optional<Path> ca) {
        var options = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL);
        if (ca.isPresent()) {
            byte[] store = store(ca.get());
            // A store of public certificates has no secret to protect.
            options.trustStoreType(TYPE).truststore(() -> new ByteArrayInputStream(store), TYPE.toCharArray());
        }
        return options.build();
    }

    private static byte[] store(Path ca) {
        try (var in = Files.newInputStream(ca)) {
            var store = KeyStore.getInstance(TYPE);
            store.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            if (number == 0) {
                throw new NoConnection(ca + " has no certificate in PEM", null);
            }
            var bytes = new ByteArrayOutputStream();
            store.store(bytes, TYPE.toCharArray());
            return bytes.toByteArray();
        } catch (NoSuchFileException e) {
            throw new NoConnection("the certificates in " + ca + " can't be used: there is no such file", e);
        } catch (IOException | GeneralSecurityException e) {
            throw new NoConnection("the certificates in " + ca + " can't be used: " + e.getMessage(), e);
        }
    }
}
