#!/bin/sh
# Makes .venv and installs locked packages into it. Usage: environment.sh python | install <lock>...
set -eu

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'

fail() {
    echo "RAJUT cannot start: $1" >&2
    exit 1
}

version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])'
}

# Prints the first Python that fits and can make environments. PYTHON=... names one to use.
find_python() {
    lacks_venv=''
    seen=''
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        path=$(command -v "$name") || continue
        "$path" -c '' 2>/dev/null || continue # a shim of a Python that is not installed
        seen="$seen $(version_of "$path")"
        "$path" -c "$fits" || continue
        if "$path" -c 'import venv, ensurepip' 2>/dev/null; then
            echo "$path"
            return
        fi
        lacks_venv="$lacks_venv $(version_of "$path")"
    done
    if [ -n "$lacks_venv" ]; then
        fail "Python$lacks_venv is here, but not its venv module. Debian and Ubuntu: sudo apt-get install python3-venv"
    fi
    fail "it needs Python 3.11, 3.12 or 3.13 (found:${seen:- none}). Debian and Ubuntu: sudo apt-get install python3 python3-venv; macOS: brew install python@3.13"
}

make_environment() {
    python=$(find_python)
    echo "== Making .venv with Python $(version_of "$python") ($python)"
    "$python" -m venv --clear .venv
}

install_locks() {
    for lock in "$@"; do
        echo "== Installing the $(grep -c == "$lock") packages of $lock"
        .venv/bin/python -m pip install --require-hashes --no-deps --no-input \
            --disable-pip-version-check --requirement "$lock"
    done
}

case "$1" in
    python) make_environment ;;
    install)
        shift
        install_locks "$@"
        ;;
esac
