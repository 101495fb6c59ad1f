#!/bin/sh
# Write the lock files again after a change in pyproject.toml, package.json or a requirements-*.in. Needs uv and npm.
# No lock file holds the address of a registry: whoever installs uses the registry that their own machine is set up for.
set -eu
cd "$(dirname "$0")/.."
lock() { uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.12 "$@"; }
lock pyproject.toml -o requirements.lock
lock pyproject.toml --group dev -o requirements-dev.lock
lock requirements-uv.in -o requirements-uv.lock
lock requirements-node.in -o requirements-node.lock
npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund
