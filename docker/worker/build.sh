#!/bin/sh
# Builds mediasoup-worker from the npm package's own source with the distribution's libraries, without any download.
# Usage: build.sh <folder of the mediasoup package> <file to write>
# The packages it needs are in debian-packages.txt beside it; README.md says what is odd and why.
set -eu

if [ $# -ne 2 ]; then
  echo "usage: build.sh <folder of the mediasoup package> <file to write>" >&2
  exit 2
fi

recipe=$(cd "$(dirname "$0")" && pwd)
package=$1
output=$2
work=$(mktemp -d "${TMPDIR:-/tmp}/mediasoup-worker.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

# Replaces the one line of a file that holds a text; a source without exactly one such line is not the one we know.
mend() {
  file=$1
  before=$2
  after=$3
  found=$(grep -cF "$before" "$file" || true)
  if [ "$found" -ne 1 ]; then
    echo "build.sh: expected exactly one line with \"$before\" in $file, found $found: the recipe does not fit this version of mediasoup" >&2
    exit 3
  fi
  awk -v before="$before" -v after="$after" '{
    at = index($0, before)
    if (at) $0 = substr($0, 1, at - 1) after substr($0, at + length(before))
    print
  }' "$file" > "$file.mended"
  grep -qF "$after" "$file.mended" || { echo "build.sh: $file could not be mended" >&2; exit 3; }
  mv "$file.mended" "$file"
}

cp -R "$package/worker" "$work/worker"
rm -rf "$work/worker/subprojects"
cp -R "$recipe/subprojects" "$work/worker/subprojects"
cd "$work/worker"

mend meson.build "meson_version: '>= 1.1.0'" "meson_version: '>= 1.0.0'"
mend src/RTC/DtlsTransport.cpp '(operationType == BIO_CB_RETURN)' '(operationType & BIO_CB_RETURN)'

meson setup build --buildtype release --wrap-mode nodownload -Db_ndebug=true
ninja -C build mediasoup-worker
strip build/mediasoup-worker

# Started without MEDIASOUP_VERSION the worker ends with 41, which shows that it loads and runs here.
status=0
build/mediasoup-worker > /dev/null 2>&1 || status=$?
if [ "$status" -ne 41 ]; then
  echo "build.sh: the built worker does not run here (exit code $status instead of 41)" >&2
  exit 4
fi

# Written beside the target and renamed, so nobody ever starts half a file.
mkdir -p "$(dirname "$output")"
cp build/mediasoup-worker "$output.new.$$"
chmod 755 "$output.new.$$"
mv "$output.new.$$" "$output"
