#!/bin/sh
# Writes requirements.lock and requirements-dev.lock anew from pyproject.toml, with the hash of every file.
# Versions that are already locked stay, unless `--upgrade` is given.
set -eu
cd "$(dirname "$0")/.."
tool=build/lock
[ -x "$tool/bin/uv" ] || { python3 -m venv "$tool" && "$tool/bin/python" -m pip install --quiet --quiet 'uv==0.13.9'; }

# One resolution for all platforms and for every Python from 3.11 on; neither an index nor a path enters the file.
compile() {
    "$tool/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --custom-compile-command 'make lock' "$@" pyproject.toml
}
compile --group build --group dev --all-extras --output-file requirements-dev.lock "$@"
# What runs is what was tested: the run-time lock takes its versions from the other one.
compile --group build --constraint requirements-dev.lock --no-annotate --output-file requirements.lock "$@"
