#!/bin/sh
# make.sh FOLDER: compiles the measured children and the floor into it, if they are not there or older than their sources.
set -eu
here=$(cd -P -- "$(dirname -- "$0")" && pwd -P)
bin=$1
mkdir -p "$bin"
command -v gcc >/dev/null || {
    echo 'bench: gcc is needed: apt install gcc libc6-dev' >&2
    exit 69
}
for name in stamp blast talker floor lncheck; do
    [ -n "$(find "$bin/$name" -newer "$here/src/$name.c" 2>/dev/null)" ] && continue
    gcc -O2 -static -w -o "$bin/$name" "$here/src/$name.c"
done
