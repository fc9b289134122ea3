#!/bin/sh
# What the tests need from Debian. Installs what is missing when it may; otherwise says what is missing and fails.
set -eu
missing=""
command -v chromium-headless-shell >/dev/null || missing="$missing chromium-headless-shell"
[ -x "$(ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null | tail -n 1)" ] || missing="$missing postgresql"
command -v xgettext >/dev/null || missing="$missing gettext"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ]; then
  echo "The tests need these Debian packages:$missing" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
# shellcheck disable=SC2086
apt-get -qq install --yes --no-install-recommends $missing >/dev/null
