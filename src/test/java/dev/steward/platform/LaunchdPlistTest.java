package dev.steward.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class LaunchdPlistTest {
    private static final String READ = """
            import json, plistlib, sys
            print(json.dumps([plistlib.load(open(name, 'rb')) for name in sys.argv[1:]]))
            """;

    @TempDir
    Path folder;

    @Test
    void a_plist_says_all_that_the_daemon_needs() throws Exception {
        var plist = read(Samples.user(Path.of("/opt/steward/steward"), Path.of("/Users/ann/a & b")));
        var expected = JsonMapper.shared().readTree("""
                {
                  "Label": "dev.steward",
                  "ProgramArguments": ["/opt/steward/steward", "--home", "/Users/ann/a & b",
                                       "--config", "/Users/ann/a & b/steward.yaml", "daemon"],
                  "EnvironmentVariables": {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
                  "WorkingDirectory": "/Users/ann/a & b",
                  "StandardOutPath": "/Users/ann/a & b/logs/steward.log",
                  "StandardErrorPath": "/Users/ann/a & b/logs/steward.log",
                  "RunAtLoad": true,
                  "KeepAlive": {"SuccessfulExit": false},
                  "AbandonProcessGroup": true,
                  "ExitTimeOut": 300,
                  "ProcessType": "Interactive"
                }
                """);
        assertThat(plist).isEqualTo(expected);
    }

    @Test
    void the_machines_plist_names_the_user() throws Exception {
        var plist = read(Samples.system(Path.of("/opt/steward"), Path.of("/srv/agents")));
        assertThat(plist.get("UserName").asString()).isEqualTo("root");
    }

    @Test
    void every_odd_name_comes_out_of_python_as_it_went_in() throws Exception {
        for (var name : Samples.ODD_NAMES) {
            var home = Path.of("/Users", name);
            write(Samples.user(home.resolve("steward"), home), name);
        }
        var plists = parse(
                Samples.ODD_NAMES.stream().map(name -> fileOf(name).toString()).toArray(String[]::new));
        for (var i = 0; i < Samples.ODD_NAMES.size(); i++) {
            var arguments = plists.get(i).get("ProgramArguments");
            var home = "/Users/" + Samples.ODD_NAMES.get(i);
            assertThat(arguments.get(0).asString()).isEqualTo(home + "/steward");
            assertThat(arguments.get(2).asString()).isEqualTo(home);
            assertThat(arguments.get(4).asString()).isEqualTo(home + "/steward.yaml");
        }
    }

    @Test
    void a_plist_is_known_as_that_of_its_home_alone() {
        var launcher = Path.of("/opt/steward");
        for (var one : Samples.ODD_NAMES) {
            var text = LaunchdPlist.text(Samples.user(launcher, Path.of("/Users", one)));
            for (var other : Samples.ODD_NAMES) {
                var launch = Samples.user(launcher, Path.of("/Users", other)).launch();
                assertThat(LaunchdPlist.isOf(launch, text))
                        .as(one + " is of " + other)
                        .isEqualTo(one.equals(other));
            }
        }
    }

    private JsonNode read(Service service) throws Exception {
        write(service, "one");
        return parse(fileOf("one").toString()).get(0);
    }

    private void write(Service service, String name) throws Exception {
        Files.writeString(fileOf(name), LaunchdPlist.text(service));
    }

    private Path fileOf(String name) {
        return folder.resolve(ServiceName.of(Path.of("/", name), Path.of("/")).label() + ".plist");
    }

    private static JsonNode parse(String... files) throws Exception {
        var words = new String[files.length + 3];
        words[0] = "python3";
        words[1] = "-c";
        words[2] = READ;
        System.arraycopy(files, 0, words, 3, files.length);
        var ended = Programs.run(words);
        assertThat(ended.status()).as(ended.said()).isZero();
        return JsonMapper.shared().readTree(ended.said());
    }
}
