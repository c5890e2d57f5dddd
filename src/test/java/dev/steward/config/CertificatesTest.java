package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    /** Of redis.example.com, by itself. */
    static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBjzCCATWgAwIBAgIUCkIH2hh9OWPfhzOuYvn1aj4F2QcwCgYIKoZIzj0EAwIw
            HDEaMBgGA1UEAwwRcmVkaXMuZXhhbXBsZS5jb20wIBcNMjYxMTIzMTQ0MTAxWhgP
            MjEyNjEwMzAxNDQxMDFaMBwxGjAYBgNVBAMMEXJlZGlzLmV4YW1wbGUuY29tMFkw
            EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKv9/C2nYoLIQYv6NkMyNf1wKMI1xTh6Y
            K/pX59JxKnUHEPcYbkmKysFd7RF7Pmp8MsfcmBRgNvkJ5ZoLd9L/j6NTMFEwHQYD
            VR0OBBYEFF6Z9tzgckmpE4pk19XWMjzkXz2RMB8GA1UdIwQYMBaAFF6Z9tzgckmp
            E4pk19XWMjzkXz2RMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIh
            APji3QbekIBweVO8RKhl/pal3/enYrsA1v6zCdvQoLCgAiBXp5CRQLWlIGmGGMup
            Fp7JWXyU/xHYT8eAHfEGgzKzQA==
            -----END CERTIFICATE-----
            """;

    private static final String BUS = "bus: {redis: {url: 'rediss://h', ca: ca.pem}}";

    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
    }

    @Test
    void one_certificate_or_several_will_do() throws Exception {
        folder.write("ca.pem", CERTIFICATE);
        assertThat(folder.load(BUS).bus()).isNotNull();

        folder.write("ca.pem", "# ours\n" + CERTIFICATE + CERTIFICATE);
        assertThat(folder.load(BUS).bus()).isNotNull();
    }

    @Test
    void a_file_that_is_not_there_or_holds_none_is_refused() throws Exception {
        var file = path.resolve("ca.pem");
        assertThat(folder.problems(BUS)).containsExactly("1:38: bus.redis.ca: " + file + ": no such file");

        folder.write("ca.pem", "");
        assertThat(folder.problems(BUS))
                .containsExactly(
                        "1:38: bus.redis.ca: " + file + " holds no certificates — write them in PEM, between the"
                                + " lines -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----");
        folder.write("ca.pem", CERTIFICATE.replace("MII", "AAA"));
        assertThat(folder.problems(BUS)).singleElement().asString().contains(" holds no certificates");

        Files.delete(file);
        Files.createDirectory(file);
        assertThat(folder.problems(BUS)).singleElement().asString().contains(file + ": is a folder, not a file");
    }

    @Test
    void a_daemon_that_comes_back_is_told_and_goes_on() throws Exception {
        var loaded = folder.loader().loadForRecovery(folder.write("steward.yaml", BUS));

        assertThat(loaded.onThisMachine()).singleElement().asString().contains("ca.pem: no such file");
    }
}
