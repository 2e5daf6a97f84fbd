#!/bin/sh
# Builds the portal aside and takes pictures of its pages, for a person to look at: scripts/pictures.sh [PAGE…]
set -eu
cd "$(dirname "$0")/.."
rm -rf build/pictures
.venv/bin/python -m gaisite build --output build/pictures/site
exec node tests/browser/pictures.mjs build/pictures/site build/pictures "$@"
