package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.Programs.Lookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
    }

    private Lookup find(String program, String searched) {
        return new Programs(path.resolve("bin/launcher")).find(program, path, Map.of("PATH", searched));
    }

    private String reason(String program) {
        return ((Lookup.NotFound) find(program, "/usr/bin:/bin")).reason();
    }

    @Test
    void a_name_is_sought_in_the_path_from_left_to_right() throws Exception {
        var first = folder.executable("one/tool", "#!/bin/sh\n");
        var second = folder.executable("two/tool", "#!/bin/sh\n");

        assertThat(find("tool", path + "/none:" + path + "/one:" + path + "/two"))
                .isEqualTo(new Lookup.Found(first));
        assertThat(find("tool", path + "/two:" + path + "/one")).isEqualTo(new Lookup.Found(second));
    }

    @Test
    void relative_and_empty_entries_of_the_path_are_relative_to_the_directory() throws Exception {
        var here = folder.executable("tool", "#!/bin/sh\n");
        var there = folder.executable("bin/other", "#!/bin/sh\n");

        assertThat(find("tool", ":/bin")).isEqualTo(new Lookup.Found(here));
        assertThat(find("other", "bin")).isEqualTo(new Lookup.Found(there));
    }

    @Test
    void a_folder_or_a_file_without_rights_in_the_path_is_passed_over() throws Exception {
        Files.createDirectories(path.resolve("one/tool"));
        folder.write("two/tool", "#!/bin/sh\n");
        var third = folder.executable("three/tool", "#!/bin/sh\n");

        assertThat(find("tool", "one:two:three")).isEqualTo(new Lookup.Found(third));
        assertThat(find("tool", "one:two"))
                .isEqualTo(new Lookup.NotFound(path.resolve("two/tool") + " is not executable: chmod +x it"));
    }

    @Test
    void a_slash_means_a_file_relative_to_the_directory() throws Exception {
        var file = folder.executable("sub/tool", "#!/bin/sh\n");

        assertThat(find("sub/tool", "/none")).isEqualTo(new Lookup.Found(file));
        assertThat(find("./sub/../sub/tool", "/none")).isEqualTo(new Lookup.Found(file));
        assertThat(find(file.toString(), "/none")).isEqualTo(new Lookup.Found(file));
    }

    @Test
    void steward_alone_is_the_launcher_and_with_a_slash_a_file() throws Exception {
        var launcher = folder.executable("bin/launcher", "#!/bin/sh\n");

        assertThat(find("steward", "/none")).isEqualTo(new Lookup.Found(launcher));
        assertThat(reason("./steward")).isEqualTo("there is no file " + path.resolve("steward"));
    }

    @Test
    void without_a_path_the_usual_folders_are_searched() {
        assertThat(new Programs(path).find("sh", path, Map.of())).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void it_says_why_a_file_cannot_be_run() throws Exception {
        folder.write("plain", "x");
        Files.createDirectories(path.resolve("folder"));

        assertThat(reason("./plain")).isEqualTo(path.resolve("plain") + " is not executable: chmod +x it");
        assertThat(reason("./folder")).isEqualTo(path.resolve("folder") + " is a folder");
        assertThat(reason("/dev/null")).isEqualTo("/dev/null is not a regular file");
        assertThat(reason("")).isEqualTo("the program's name is empty");
        assertThat(reason("a\0b")).isEqualTo("'a\\x00b' is not a path");
        assertThat(reason("no-such")).isEqualTo("there is no program 'no-such' in PATH (/usr/bin:/bin)");
    }

    @Test
    void it_says_which_interpreter_is_missing() throws Exception {
        var script = folder.executable("s", "#!/opt/none/python -u\n");
        assertThat(reason("./s")).isEqualTo(script + " needs the interpreter /opt/none/python, which does not exist");

        folder.executable("s", "#! /usr/bin/env -S A=1 no-such-python -u\n");
        assertThat(reason("./s"))
                .isEqualTo(script + " is run by 'no-such-python', but there is no program 'no-such-python' in PATH"
                        + " (/usr/bin:/bin)");

        folder.executable("s", "#!/etc/passwd\n");
        assertThat(reason("./s")).isEqualTo(script + " needs the interpreter /etc/passwd, which is not executable");

        folder.executable("s", "#!\n");
        assertThat(reason("./s")).isEqualTo(script + " names no interpreter after #!");

        folder.executable("s", "#!/bin/sh\r\necho\r\n");
        assertThat(reason("./s")).contains("as Windows does");
    }

    @Test
    void a_script_whose_interpreter_is_there_is_found() throws Exception {
        var script = folder.executable("s", "#!/usr/bin/env sh\n");
        assertThat(find("./s", "/bin:/usr/bin")).isEqualTo(new Lookup.Found(script));

        folder.executable("s", "#!  /bin/sh  -e\n");
        assertThat(find("./s", "/none")).isEqualTo(new Lookup.Found(script));
    }
}
