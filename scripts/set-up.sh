#!/usr/bin/env bash
# Makes .venv and installs the pinned packages: `scripts/set-up.sh run`, or `scripts/set-up.sh dev` with the tools of developers.
# Asks nothing. Says what to type when something is missing that it may not install itself.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:?say run or dev}
venv=.venv
python=$venv/bin/python

main() {
    make_environment
    install_packages
    check_libraries
    # The first start, too, should find everything compiled.
    "$python" -m compileall -q -j 0 gtn_events
}

make_environment() {
    if [ -x "$python" ] && "$python" -c '' 2>/dev/null; then
        return
    fi
    local base
    base=$(find_python)
    say "Making $venv with $("$base" --version)"
    rm -rf "$venv"
    if ! "$base" -m venv "$venv" 2>/dev/null; then
        # Debian and Ubuntu keep venv in a package of its own.
        install_debian python3-venv || give_up "Python's venv module is missing. Type:" \
            "    sudo apt-get install python3-venv" "and then the same command again."
        rm -rf "$venv"
        "$base" -m venv "$venv"
    fi
}

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    give_up "Python 3.11 or newer is needed. Name it if it is not on the PATH:" \
        "    make run PYTHON=/path/to/python3.11"
}

install_packages() {
    say "Installing the packages of requirements/$kind.txt"
    local installer=pip
    # uv does in seconds what pip does in most of a minute; where it cannot be had, pip does it.
    if "$python" -m pip install -qq --disable-pip-version-check --only-binary :all: \
        --require-hashes -r requirements/installer.txt; then
        installer=uv
    fi
    if [ "$installer" = pip ] || ! with_uv; then
        with_pip
    fi
}

with_uv() {
    # As pip does: trust what this machine trusts, also behind a proxy of one's own organisation.
    export UV_SYSTEM_CERTS=1
    "$venv/bin/uv" pip install --quiet --python "$python" --require-hashes -r "requirements/$kind.txt" &&
        "$venv/bin/uv" pip install --quiet --python "$python" --no-deps --no-build-isolation -e . &&
        compile_packages
}

compile_packages() {
    # Half of what would be compiled is loaded by nothing here: tests of packages, pandas (which ortools names but
    # our part of it does not load) and the places of telephone numbers. What does not compile is not ours to mend.
    "$python" -m compileall -qq -j 0 -x '/(tests|pandas)/|/phonenumbers/(geodata|carrierdata|tzdata)/' \
        "$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" || true
}

with_pip() {
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$kind.txt"
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps -e .
}

check_libraries() {
    if pdf_engine_loads; then
        return
    fi
    say "Installing Pango and HarfBuzz, which the PDF engine draws text with"
    if install_debian libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 && pdf_engine_loads; then
        return
    fi
    give_up "The PDF engine needs the libraries Pango and HarfBuzz, which are not both on this machine. Type:" \
        "    sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0    (Debian, Ubuntu)" \
        "    brew install pango harfbuzz                                                  (macOS)" \
        "and then the same command again."
}

pdf_engine_loads() {
    # Homebrew's libraries are not where the loader of macOS looks.
    DYLD_FALLBACK_LIBRARY_PATH="${DYLD_FALLBACK_LIBRARY_PATH:-/opt/homebrew/lib:/usr/local/lib:/usr/lib}" \
        "$python" -W ignore -c 'from weasyprint.text import ffi; assert ffi.harfbuzz_subset' >/dev/null 2>&1
}

install_debian() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        return 1
    fi
    DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

say() {
    printf '%s\n' "$*" >&2
}

give_up() {
    printf '%s\n' "$@" >&2
    exit 1
}

main
