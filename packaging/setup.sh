# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by app/run, tests/run and .ci/run: goes to the project's root and defines need_packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n== %s\n' "$*"; }
fail() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "these Debian packages are missing and only root can install them (there is no sudo): ${missing[*]}"
  fi
}

# need_packages KIND...: installs what is missing of these kinds in packaging/debian-packages.txt, and nothing else.
need_packages() {
  command -v dpkg-query >/dev/null || fail "this is not Debian; install the counterparts of packaging/debian-packages.txt, then use cmake --preset release"
  local kind name installed
  missing=()
  installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | awk '$1 == "ii" { print $2 }')
  while read -r kind name; do
    case " $* " in *" $kind "*) grep -qxF -- "$name" <<<"$installed" || missing+=("$name") ;; esac
  done < <(grep -v '^#' packaging/debian-packages.txt)
  [ ${#missing[@]} -gt 0 ] || return 0
  say "Installing: ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

# build PRESET [TARGET...]
build() {
  local preset=$1; shift
  say "Building ($preset)"
  cmake --preset "$preset" >/dev/null || fail "cmake could not configure the preset $preset"
  cmake --build --preset "$preset" -j"$(nproc)" ${1:+--target "$@"}
}

# Compiler caches and programs that are tried out must not write elsewhere than into build/ where there is no home.
if [ ! -w "${HOME:-/nonexistent}" ]; then
  mkdir -p build/home
  export HOME=$PWD/build/home
fi
