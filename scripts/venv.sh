#!/bin/sh
# Makes the virtual environment: scripts/venv.sh PYTHON FOLDER. Where Debian has left out the venv module, root gets it.
set -eu
python=$1
folder=$2

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "gaisite needs Python 3.11 or newer, and $python is not. Name another one: make site PYTHON=python3.12" >&2
    exit 1
}

if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo 'Installing python3-venv …'
        "$(dirname "$0")/apt.sh" python3-venv
    else
        echo "$python cannot make a virtual environment; install its venv module first: sudo apt install python3-venv" >&2
        exit 1
    fi
fi

# An environment whose Python is gone, after an upgrade of the system or a move of the folder, is of no use.
[ -x "$folder/bin/python" ] && "$folder/bin/python" -m pip --version >/dev/null 2>&1 && exit 0
echo "Making the environment $folder …"
"$python" -m venv --clear "$folder"
