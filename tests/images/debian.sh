# Sourced by tests/run: single programs out of Debian's stable packages, for a machine whose own release has none or too old a one.

# have_compose: sees to it that "docker compose" works. Says why in compose_problem when it does not.
compose_problem=
have_compose() {
  docker compose version >/dev/null 2>&1 && return
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    compose_problem="there is no 'docker compose'; install Docker's compose plug-in (on Debian or Ubuntu, root's tests/run does so itself)"
    return 1
  fi
  say "Installing docker compose"
  from_debian docker-compose usr/libexec/docker/cli-plugins/docker-compose /usr/local/lib/docker/cli-plugins/docker-compose &&
    docker compose version >/dev/null 2>&1 && return
  compose_problem="docker compose could not be installed"
  return 1
}

# have_kustomize: sees to it that "kubectl kustomize" or "kustomize" works.
have_kustomize() {
  kubectl kustomize --help >/dev/null 2>&1 || kustomize version >/dev/null 2>&1 && return
  [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null || return 1
  say "Installing kustomize"
  from_debian kustomize usr/bin/kustomize /usr/local/bin/kustomize && kustomize version >/dev/null 2>&1
}

# from_debian PACKAGE PATH FILE: puts what the package has at PATH into FILE. These packages need nothing but libc 2.34.
from_debian() {
  local package=$1 path=$2 file=$3 folder code=0
  folder=$(mktemp -d "${TMPDIR:-/tmp}/skypunch-debian.XXXXXX")
  logged "debian-$package.log" take_from_debian || code=$?
  rm -rf "$folder"
  return "$code"
}

# With lists and a cache of its own, so that the machine's packages stay as they are.
take_from_debian() {
  mkdir -p "$folder"/{lists,cache}/partial
  echo "deb ${DEBIAN_MIRROR:-http://deb.debian.org/debian} trixie main" >"$folder/sources.list"
  local apt=(apt-get -o "Dir::Etc::SourceList=$folder/sources.list" -o Dir::Etc::SourceParts=- -o "Dir::State::Lists=$folder/lists"
    -o "Dir::Cache=$folder/cache" -o Acquire::Check-Valid-Until=false -o APT::Sandbox::User=root)
  "${apt[@]}" update && (cd "$folder" && "${apt[@]}" download "$package" && dpkg-deb -x "$package"_*.deb root) &&
    install -D -m 755 "$folder/root/$path" "$file"
}
