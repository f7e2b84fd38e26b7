# Sourced by tests/run: installs single programs from Debian's stable packages, for a machine whose own release lacks them or has too old versions.

# have_compose: makes sure that "docker compose" works. If it does not, compose_problem says why.
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

# have_browser: makes sure that there is a Chromium. If there is none, browser_problem says why.
browser_problem=
have_browser() {
  local program
  for program in "${SKYPUNCH_TEST_BROWSER:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome /snap/bin/chromium; do
    [[ -z $program || ! -x $program ]] || { export SKYPUNCH_TEST_BROWSER=$program; return 0; }
  done
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    browser_problem="there is no Chromium; install it, or name it in SKYPUNCH_TEST_BROWSER (on Debian, root's tests/run does so itself)"
    return 1
  fi
  say "Installing Chromium"
  logged debian-chromium.log install_browser && [[ -x /usr/bin/chromium ]] && export SKYPUNCH_TEST_BROWSER=/usr/bin/chromium && return
  browser_problem="Chromium could not be installed"
  return 1
}

# It has too many libraries to be unpacked beside the machine's own packages, as the others are.
install_browser() {
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Check-Valid-Until=false -qq)
  { "${apt[@]}" install -y --no-install-recommends chromium fonts-dejavu-core || { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends chromium fonts-dejavu-core; }; }
}

# have_kustomize: makes sure that "kubectl kustomize" or "kustomize" works.
have_kustomize() {
  kubectl kustomize --help >/dev/null 2>&1 || kustomize version >/dev/null 2>&1 && return
  [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null || return 1
  say "Installing kustomize"
  from_debian kustomize usr/bin/kustomize /usr/local/bin/kustomize && kustomize version >/dev/null 2>&1
}

# have_helm: makes sure that a chart can be rendered, by helm or by a stand-in (tests/helm) that is built with Debian's Go.
have_helm() {
  helm version >/dev/null 2>&1 && return
  local source=$images/../helm/template.go version
  version=$(cksum <"$source")
  [[ $(skypunch-test-helm 2>/dev/null) != "$version" ]] || return 0
  [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null || return 1
  say "Building a stand-in for helm"
  local folder code=0
  folder=$(mktemp -d "${TMPDIR:-/tmp}/skypunch-debian.XXXXXX")
  logged debian-helm.log build_helm || code=$?
  rm -rf "$folder"
  return "$code"
}

# Installs Go and the packages of the stand-in (sprig with its dependencies, a YAML parser, a schema validator), and builds it.
build_helm() {
  unpack_debian golang-1.24-{go,src} golang-github-{masterminds-sprig,masterminds-goutils,masterminds-semver,huandu-xstrings,imdario-mergo}-dev \
    golang-github-{mitchellh-copystructure,mitchellh-reflectwalk,shopspring-decimal,spf13-cast,google-uuid,santhosh-tekuri-jsonschema}-dev \
    golang-golang-x-crypto-dev golang-k8s-sigs-yaml-dev golang-gopkg-yaml.v3-dev &&
    env GOROOT="$folder/root/usr/lib/go-1.24" GOPATH="$folder/root/usr/share/gocode" GOCACHE="$folder/gocache" GO111MODULE=off GOTOOLCHAIN=local CGO_ENABLED=0 \
      "$folder/root/usr/lib/go-1.24/bin/go" build -ldflags "-s -w -X 'main.recipe=$version'" -o "$folder/helm" "$source" &&
    install -m 755 "$folder/helm" /usr/local/bin/skypunch-test-helm
}

# from_debian PACKAGE PATH FILE: copies the file at PATH in the package to FILE. These packages need only libc 2.34.
from_debian() {
  local package=$1 path=$2 file=$3 folder code=0
  folder=$(mktemp -d "${TMPDIR:-/tmp}/skypunch-debian.XXXXXX")
  logged "debian-$package.log" take_from_debian || code=$?
  rm -rf "$folder"
  return "$code"
}

take_from_debian() {
  unpack_debian "$package" && install -D -m 755 "$folder/root/$path" "$file"
}

# unpack_debian PACKAGE…: unpacks packages into $folder/root, with separate package lists and a separate cache, so that the machine's own packages
# do not change.
unpack_debian() {
  mkdir -p "$folder"/{lists,cache}/partial
  echo "deb ${DEBIAN_MIRROR:-http://deb.debian.org/debian} trixie main" >"$folder/sources.list"
  local apt=(apt-get -o "Dir::Etc::SourceList=$folder/sources.list" -o Dir::Etc::SourceParts=- -o "Dir::State::Lists=$folder/lists"
    -o "Dir::Cache=$folder/cache" -o Acquire::Check-Valid-Until=false -o APT::Sandbox::User=root) deb
  "${apt[@]}" update && (cd "$folder" && "${apt[@]}" download "$@" && for deb in *.deb; do dpkg-deb -x "$deb" root || exit 1; done)
}
