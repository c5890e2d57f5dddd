package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.bus.OrderRow;
import dev.steward.orders.InboxCheck.Finding;
import dev.steward.orders.InboxCheck.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboxCheckTest {
    @TempDir
    Path inbox;

    private Path order;

    @BeforeEach
    void deliver() throws Exception {
        order = inbox.resolve("WO-1");
        Arrival.write(Orders.order("WO-1", "the payload\n"), order);
    }

    private List<Verdict> check(InboxCheck.Known known) throws IOException {
        var verdicts = new ArrayList<Verdict>();
        InboxCheck.check(inbox, known, verdicts::add);
        return verdicts;
    }

    private List<Finding> findings() throws IOException {
        return findings(_ -> Optional.empty());
    }

    private List<Finding> findings(InboxCheck.Known known) throws IOException {
        return check(known).getFirst().findings();
    }

    private static Optional<OrderRow.Hashes> hashes() {
        var known = Orders.order("WO-1", "the payload\n");
        return Optional.of(new OrderRow.Hashes(known.sha256(), known.body().sha256()));
    }

    @Test
    void an_order_as_it_was_delivered_is_sound() throws Exception {
        var verdict = check(_ -> hashes()).getFirst();

        assertThat(verdict.isSound()).isTrue();
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.bytes()).isGreaterThan(12 + 200);
    }

    @ParameterizedTest
    @CsvSource({
        "wo_test.yaml, wo_test.yaml",
        "WO-1.yaml, WO-1.yaml",
        "evidence/manifest.json, evidence/manifest.json",
    })
    void every_changed_byte_is_found_and_its_file_is_named(String file, String named) throws Exception {
        var path = order.resolve(file);
        var bytes = Files.readAllBytes(path);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 1;
            Files.write(path, bytes);

            assertThat(check(_ -> Optional.empty()).getFirst().isSound())
                    .as("byte " + i)
                    .isFalse();
            assertThat(findings())
                    .as("byte " + i)
                    .anySatisfy(finding -> assertThat(finding.text()).contains(named));

            bytes[i] ^= 1;
        }
    }

    @Test
    void every_changed_byte_of_the_checksums_is_found_or_says_the_same() throws Exception {
        var path = order.resolve("evidence/checksums.sha256");
        var bytes = Files.readAllBytes(path);
        var sound = 0;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 1;
            Files.write(path, bytes);
            sound += check(_ -> Optional.empty()).getFirst().isSound() ? 1 : 0;
            bytes[i] ^= 1;
        }

        assertThat(sound).isZero();
    }

    @Test
    void the_file_that_contradicts_the_others_is_the_one_that_was_changed() throws Exception {
        var sums = order.resolve("evidence/checksums.sha256");
        var text = Files.readString(sums);
        var payload = Orders.order("WO-1", "the payload\n").body().sha256();
        Files.writeString(sums, text.replace(payload, "0".repeat(64)));

        assertThat(findings()).containsExactly(new Finding.Changed("evidence/checksums.sha256"));
        assertThat(findings().getFirst().text())
                .isEqualTo("evidence/checksums.sha256 contradicts what lies there, and the manifest");
    }

    @Test
    void evidence_that_was_made_anew_for_a_changed_body_is_found_by_what_the_node_knows() throws Exception {
        var forged = inbox.resolve("forged");
        Arrival.write(Orders.order("WO-1", "another body"), forged);
        Disk.delete(order);
        Files.move(forged, order);

        assertThat(check(_ -> Optional.empty()).getFirst().isSound()).isTrue();
        assertThat(findings(_ -> hashes())).contains(new Finding.Changed("wo_test.yaml"));
    }

    @ParameterizedTest
    @CsvSource({"wo_test.yaml", "WO-1.yaml", "evidence/manifest.json", "evidence/checksums.sha256"})
    void a_missing_file_is_named(String file) throws Exception {
        Files.delete(order.resolve(file));

        assertThat(findings(_ -> hashes())).contains(new Finding.Missing(file));
        assertThat(findings()).contains(new Finding.HalfWritten("it has no " + file));
    }

    @Test
    void a_file_beside_the_evidence_is_told_and_does_no_harm() throws Exception {
        Files.writeString(order.resolve("result.txt"), "x");
        Files.writeString(order.resolve("evidence/notes.md"), "x");

        assertThat(findings())
                .containsExactlyInAnyOrder(new Finding.Extra("result.txt"), new Finding.Extra("evidence/notes.md"));
        assertThat(check(_ -> hashes()).getFirst().isSound()).isTrue();
    }

    @Test
    void a_checksum_of_a_file_outside_is_not_followed() throws Exception {
        var outside = Files.writeString(inbox.resolve("outside.txt"), "x");
        var hash = Sha256.of("x".getBytes(StandardCharsets.UTF_8));
        for (var path : List.of("../outside.txt", outside.toString(), "evidence/../../outside.txt", "link")) {
            var sums = order.resolve("evidence/checksums.sha256");
            var before = Files.readString(sums);
            if (path.equals("link")) {
                Files.createSymbolicLink(order.resolve("link"), outside);
            }
            Files.writeString(sums, before + hash + "  " + path + "\n");

            assertThat(findings())
                    .as(path)
                    .anyMatch(finding -> finding instanceof Finding.Unreadable unreadable
                            && unreadable.file().equals(path));

            Files.writeString(sums, before);
        }
    }

    @Test
    void an_envelope_that_is_a_bomb_or_no_text_is_unreadable() throws Exception {
        for (var bytes : List.of(
                "[".repeat(60_000).getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xff, 0}, new byte[70_000])) {
            Files.write(order.resolve("WO-1.yaml"), bytes);

            assertThat(findings())
                    .anyMatch(finding -> finding instanceof Finding.Unreadable unreadable
                            && unreadable.file().equals("WO-1.yaml"));
        }
    }

    @Test
    void orders_are_checked_by_their_names_and_what_is_none_does_no_harm() throws Exception {
        Files.createDirectory(inbox.resolve("archive"));
        Files.createDirectory(inbox.resolve("empty"));
        Files.createDirectory(inbox.resolve(".arriving"));
        Files.writeString(inbox.resolve("README.md"), "x");
        Arrival.write(Orders.order("WO-0"), inbox.resolve("WO-0"));
        Files.createDirectories(inbox.resolve("WO-2/evidence"));
        Files.createSymbolicLink(inbox.resolve("WO-3"), order);

        assertThat(check(_ -> Optional.empty()))
                .extracting(Verdict::name, Verdict::isSound)
                .containsExactly(tuple("WO-0", true), tuple("WO-1", true), tuple("WO-2", false), tuple("WO-3", false));
    }

    @Test
    void an_inbox_that_is_not_there_is_said_to_be_so() {
        assertThatThrownBy(() -> InboxCheck.check(inbox.resolve("none"), _ -> Optional.empty(), _ -> {}))
                .isInstanceOf(IOException.class);
    }
}
