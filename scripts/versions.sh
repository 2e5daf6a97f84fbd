#!/bin/sh
# The tests that need no browser, under one Python after the other: scripts/versions.sh PYTHON… (python3.12, a path).
# Each gets an environment of its own in build/; PYTEST is what a run is to have besides.
set -eu
cd "$(dirname "$0")/.."
missing=
for python in "$@"; do
    command -v "$python" >/dev/null 2>&1 || { missing="$missing $python"; continue; }
    version=$("$python" -c 'import platform; print(platform.python_version())')
    folder=build/python-$version
    scripts/venv.sh "$python" "$folder"
    run="$folder/bin/python -m"
    $run pip --quiet --quiet --disable-pip-version-check --no-input install --require-hashes --no-deps \
        --requirement requirements.lock --requirement requirements-dev.lock
    $run pip --quiet --quiet --disable-pip-version-check --no-input install --no-deps --no-build-isolation --editable .
    echo "Python $version"
    $run pytest --numprocesses=auto --dist=loadgroup -m 'not browser and not nu' ${PYTEST:-}
done
[ -z "$missing" ] || { echo "Not here, so not tried:$missing" >&2; exit 1; }
