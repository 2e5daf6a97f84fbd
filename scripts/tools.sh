#!/bin/sh
# Sees to the programs that the tests in the browser and those of publishing need: Debian packages for root, otherwise a sentence.
set -eu

has() { command -v "$1" >/dev/null 2>&1; }

missing=
[ -n "${GAISITE_CHROMIUM:-}" ] || has chromium || has chromium-browser || has google-chrome || missing="$missing chromium"
# A Chinese page in a machine without Chinese letters is a page of boxes.
{ has fc-list && fc-list :lang=zh-cn | grep -q .; } || missing="$missing fontconfig fonts-wqy-microhei"
has node || missing="$missing nodejs"
has npm || missing="$missing npm"
# The servers that publishing is tested with lie where only root looks for programs.
PATH="$PATH:/usr/sbin:/sbin"
has sshd || missing="$missing openssh-server"
has ssh || missing="$missing openssh-client"
has nginx || missing="$missing nginx-light"
has rsync || missing="$missing rsync"
# PDF files are made with Pango.
ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0 || missing="$missing libpango-1.0-0 libpangoft2-1.0-0"
java -version >/dev/null 2>&1 || missing="$missing default-jre-headless"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && has apt-get; then
    echo "Installing$missing …"
    # shellcheck disable=SC2086
    exec "$(dirname "$0")/apt.sh" $missing
fi
echo "The tests need these packages (the names are Debian's); install them first: sudo apt install$missing" >&2
exit 1
