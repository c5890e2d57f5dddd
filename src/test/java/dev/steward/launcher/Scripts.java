package dev.steward.launcher;

/** The programs of a test's machine. */
final class Scripts {
    /** Prints its pid, folder and arguments; as a training run it writes the cache and says so in the journal. */
    static final String JAVA = """
            #!/bin/sh
            for word; do
                case $word in
                    -XX:AOTCacheOutput=*)
                        echo "train $*" >>"$JOURNAL"
                        [ -n "${TRAINING_FAILS:-}" ] || echo cache >"${word#*=}"
                        exit
                        ;;
                esac
            done
            echo "java $*" >>"$JOURNAL"
            echo "pid $$"
            echo "java $0"
            echo "folder $(pwd -P)"
            for word; do
                printf '[%s]\\n' "$word"
            done
            [ -z "${SHOW_DESCRIPTORS:-}" ] || exec /usr/bin/find /proc/self/fd -name '[012]' -fprintf "$SHOW_DESCRIPTORS" '%f %l\\n'
            [ -z "${SHOW_ENVIRONMENT:-}" ] || exec /usr/bin/env
            """;

    /** Builds a jar that says which build it is; fails or waits where a test says so. */
    static final String MAVEN = """
            #!/bin/sh
            echo "mvn $*" >>"$JOURNAL"
            for word; do
                case $word in -Dsteward.target=*) target=${word#*=} ;; esac
            done
            [ -z "${MAVEN_WAITS:-}" ] || while [ ! -e "$GATE" ]; do sleep 0.02; done
            if [ -n "${MAVEN_FAILS:-}" ]; then
                echo '[ERROR] Main.java:[1,1] does not compile'
                exit 1
            fi
            echo 'noise of a build that is well'
            [ "$JAVA_HOME" = "$BUILD_JDK" ] || [ -z "${BUILD_JDK:-}" ] || exit 1
            mkdir -p "$target/lib"
            echo jar >"$target/steward.jar"
            echo jar >"$target/lib/one.jar"
            """;

    private Scripts() {}
}
