#!/usr/bin/env bash
# build_tbb.sh FOLDER: oneTBB from Debian's source package, compiled for ThreadSanitizer, installed into FOLDER.
# The distribution's library is not compiled for it: ThreadSanitizer then reports races that are none, and suppressions
# that hide those hide real ones too.
set -euo pipefail

folder=$1
work=$folder.work
mkdir -p "$work/parts" "$work/lists/partial" "$work/archives/partial"
cd "$work"

# The places this machine gets its packages from, asked for sources; its own lists stay as they are.
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
    [ -f "$file" ] || continue
    sed -E 's/^Types:.*/Types: deb-src/; s/^deb /deb-src /' "$file" >"parts/$(basename "$file")"
done
[ ! -f parts/sources.list ] || mv parts/sources.list parts/own.list
options="-q -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts=$work/parts -o Dir::State::Lists=$work/lists
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root -o Acquire::Retries=3"
apt-get $options update
apt-get $options --download-only source onetbb
mkdir source
tar -x -f onetbb_*.orig.tar.* -C source --strip-components 1

# Debian's own changes only concern what is not built here (tests, examples, other architectures).
CXXFLAGS=-Wno-error cmake -G Ninja -S source -B build -D CMAKE_BUILD_TYPE=RelWithDebInfo -D TBB_TEST=OFF -D TBB_STRICT=OFF \
    -D TBB_SANITIZE=thread -D TBBMALLOC_BUILD=OFF -D TBB_CPF=OFF -D CMAKE_INSTALL_PREFIX="$folder.part" \
    -D CMAKE_INSTALL_LIBDIR=lib
cmake --build build
cmake --install build
cd /
rm -rf "$work"
mv "$folder.part" "$folder"
