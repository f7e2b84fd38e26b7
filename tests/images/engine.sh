# Sourced by tests/run: finds or installs a container engine. If there is none, engine_problem says why.

ensure_engine() {
  engine_answers && return
  if [[ -n ${DOCKER_HOST:-} ]]; then
    engine_problem="the container engine at DOCKER_HOST=$DOCKER_HOST does not answer"
    return 1
  fi

  if ! command -v dockerd >/dev/null; then
    install_engine || return 1
  fi
  if [[ $(id -u) != 0 ]]; then
    engine_problem="the Docker engine does not answer; start it, and allow this user to use it (docker info)"
    return 1
  fi
  start_engine
}

engine_answers() { docker info >/dev/null 2>&1; }

# Installs the packages that running an engine, and building a base image from Debian packages, need.
install_engine() {
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    engine_problem="there is no container engine; install Docker (on Debian or Ubuntu, root's tests/run does so itself)"
    return 1
  fi
  say "Installing the Docker engine"
  apt_install docker.io iptables debootstrap debian-archive-keyring && return
  engine_problem="docker.io could not be installed"
  return 1
}

apt_install() {
  # If another package source is down, go on: the installation itself fails if a package is missing.
  logged apt.log env DEBIAN_FRONTEND=noninteractive bash -c '
    apt-get update
    apt-get install -y --no-install-recommends "$@"' apt_install "$@"
}

start_engine() {
  local log=$logs/dockerd.log daemon=
  if [[ -d /run/systemd/system ]]; then
    systemctl start docker >"$log" 2>&1 || true
  elif ! pidof dockerd >/dev/null; then
    say "Starting the Docker engine"
    setsid nohup dockerd >"$log" 2>&1 3>&- 9>&- </dev/null &
    daemon=$!
    disown
  fi

  local tries
  for ((tries = 0; tries < 300; tries++)); do
    engine_answers && return
    [[ -z $daemon ]] || kill -0 "$daemon" 2>/dev/null || break
    sleep 0.2
  done
  engine_problem="the Docker engine does not start (its log: $log)"
  tail -n 20 "$log" >&2
  return 1
}

# The .NET client asks for version 1.44 of the API. For an older engine, as in Debian 12, its version must be set.
choose_api_version() {
  local api
  api=$(docker version --format '{{.Server.APIVersion}}')
  if [[ $api == 1.* ]] && ((${api#1.} < 44)); then
    export DOCKER_API_VERSION=$api
  fi
}
