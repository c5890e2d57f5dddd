package dev.steward.config;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Whether the certificates that a bus is to trust are on this machine now. */
final class Certificates {
    private static final int LARGEST = 1 << 20;

    private Certificates() {}

    static void check(BusConfig bus, Scope at) {
        switch (bus) {
            case BusConfig.Embedded() -> {
                // It trusts itself.
            }
            case BusConfig.Redis redis ->
                redis.tls()
                        .flatMap(BusConfig.Tls::ca)
                        .ifPresent(ca -> check(ca, at.key("redis").key("ca")));
        }
    }

    private static void check(Path ca, Scope at) {
        switch (SmallFile.read(ca, LARGEST)) {
            case Parsed.Bad(var message, var suggestion) -> at.problem(ca + ": " + message, suggestion);
            case Parsed.Good(var content) -> {
                if (!holdsCertificates(content)) {
                    at.problem(
                            ca + " holds no certificates",
                            "write them in PEM, between the lines -----BEGIN CERTIFICATE----- and -----END"
                                    + " CERTIFICATE-----");
                }
            }
        }
    }

    private static boolean holdsCertificates(String content) {
        try {
            var bytes = content.getBytes(StandardCharsets.UTF_8);
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }
}
