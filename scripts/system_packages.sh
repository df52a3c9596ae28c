#!/bin/sh
# Manim compiles two of its parts: see that a compiler and the headers are there.
set -eu

PYTHON=${PYTHON:-python3}

missing() {
    command -v cc >/dev/null 2>&1 || echo compiler
    if command -v pkg-config >/dev/null 2>&1; then
        pkg-config --exists cairo pangocairo || echo headers
    else
        echo pkg-config
    fi
    "$PYTHON" -c 'import ensurepip' >/dev/null 2>&1 || echo venv
    "$PYTHON" -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' \
        >/dev/null 2>&1 || echo python-headers
}

if [ -z "$PYTHON" ] || ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "nnviz needs Python 3.11 or newer. Install it, or name it: make PYTHON=/path/to/python3.11" >&2
    exit 1
fi

[ -n "$(missing)" ] || exit 0

case "$(uname -s)" in
    Darwin)
        # macOS has wheels for nothing here either, but brew knows the libraries.
        command="brew install cairo pango pkgconf"
        ;;
    *)
        command="apt-get install -y gcc libc6-dev libcairo2-dev libpango1.0-dev pkg-config python3-dev python3-venv"
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            echo "Installing what Manim is compiled with: $command"
            export DEBIAN_FRONTEND=noninteractive
            apt-get update -qq
            $command -qq >/dev/null
            exit 0
        fi
        command="sudo $command"
        ;;
esac

echo "Manim needs a compiler and the headers of cairo and pango ($(missing | tr '\n' ' ')missing). Run: $command" >&2
exit 1
