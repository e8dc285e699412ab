#!/usr/bin/env bash
# Writes the next migration from what the models ask for: `scripts/new-migration.sh "Forums have a motto"`.
set -euo pipefail
cd "$(dirname "$0")/.."

message=${1:?say what changes}
versions=gtn_events/migrations/versions
count=$(find "$versions" -name '[0-9]*.py' | wc -l)
GTN_INSTANCE_DIR=$(mktemp -d)
export GTN_INSTANCE_DIR
unset GTN_DATABASE_URL
trap 'rm -rf "$GTN_INSTANCE_DIR"' EXIT

.venv/bin/gtn-events db upgrade
.venv/bin/gtn-events db revision --autogenerate --rev-id "$(printf '%04d' $((count + 1)))" --message "$message"
.venv/bin/ruff format --quiet --isolated --line-length 120 "$versions"
