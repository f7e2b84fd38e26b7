# Sourced by tests/run: one image for each folder beside this file that holds a Dockerfile, exported to the tests as
# SKYPUNCH_TEST_<FOLDER>_IMAGE. A Dockerfile that names an official image ("# official: …") is built only where that
# image cannot be pulled. A new test image is a new folder; nothing else lists them.

images=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
reaper=testcontainers/ryuk:0.14.0 # what Testcontainers removes forgotten containers with
registry=unknown

ensure_images() {
  local dockerfile
  for dockerfile in "$images"/*/Dockerfile; do
    ensure_image "$(basename "$(dirname "$dockerfile")")" || return 1
  done
  ensure_dotnet || return 1
  # Without its reaper, Testcontainers must not try to start it; the fixtures remove their own containers anyway.
  have_image "$reaper" || export TESTCONTAINERS_RYUK_DISABLED=true
}

ensure_image() {
  local name=$1 variable official built
  variable=SKYPUNCH_TEST_$(tr '[:lower:]-' '[:upper:]_' <<<"$name")_IMAGE
  [[ -n ${!variable:-} ]] && return # the caller's own choice
  official=$(sed -n 's/^# official: //p' "$images/$name/Dockerfile")
  built=skypunch-test/$name:$(recipe base "$name")

  if [[ -n $official ]] && { have_image "$official" || { ! have_image "$built" && pull "$official"; }; }; then
    export "$variable=$official"
    return
  fi
  have_image "$built" || build_image "$name" "$built" || return 1
  export "$variable=$built"
}

build_image() {
  local name=$1 tag=$2 base
  ensure_base || return 1
  say "Building the $name image"
  # The host's network reaches what the host reaches; a bridge in a nested machine may not.
  if ! DOCKER_BUILDKIT=$(buildkit) logged "image-$name.log" \
    docker build --force-rm --network host --build-arg BASE="$base" --tag "$tag" "$images/$name"; then
    image_problem="the $name image could not be built"
    return 1
  fi
}

# What the product's own images are made with and from, as SKYPUNCH_TEST_SDK_IMAGE and _RUNTIME_IMAGE: Microsoft's images where
# they can be pulled, else stand-ins out of this machine's .NET.
ensure_dotnet() {
  [[ -n ${SKYPUNCH_TEST_SDK_IMAGE:-} && -n ${SKYPUNCH_TEST_RUNTIME_IMAGE:-} ]] && return
  local sdk runtime tag
  sdk=$(official SDK) runtime=$(official RUNTIME)
  tag=$(recipe base dotnet)-$(dotnet --version)
  local own_sdk=skypunch-test/sdk:$tag own_runtime=skypunch-test/runtime:$tag

  if have_image "$own_sdk" && have_image "$own_runtime"; then
    sdk=$own_sdk runtime=$own_runtime
  elif ! { { have_image "$sdk" || pull "$sdk"; } && { have_image "$runtime" || pull "$runtime"; }; }; then
    sdk=$own_sdk runtime=$own_runtime
    ensure_base || return 1
    say "Building the .NET images from this machine's .NET"
    if ! DOCKER_BUILDKIT=$(buildkit) logged image-dotnet.log "$images/dotnet/make" "$base" "$sdk" "$runtime"; then
      image_problem="the .NET images could not be built"
      return 1
    fi
  fi
  export SKYPUNCH_TEST_SDK_IMAGE=$sdk SKYPUNCH_TEST_RUNTIME_IMAGE=$runtime
}

# The default of a build argument in the product's Dockerfile.
official() { sed -n "s/^ARG $1_IMAGE=//p" "$images/../../deploy/Dockerfile"; }

# Sets base: Debian's own image where it can be pulled, else one made from Debian packages.
ensure_base() {
  base=debian:sid-slim
  have_image "$base" && return
  base=skypunch-test/base:$(recipe base)
  have_image "$base" && return
  if pull debian:sid-slim; then
    base=debian:sid-slim
    return
  fi

  if [[ $(id -u) != 0 ]]; then
    image_problem="no image can be pulled, and building one from Debian packages takes root"
    return 1
  fi
  if ! command -v debootstrap >/dev/null; then
    say "Installing debootstrap"
    apt_install debootstrap debian-archive-keyring || { image_problem="debootstrap could not be installed"; return 1; }
  fi
  say "Building the base image from Debian packages"
  logged image-base.log "$images/base/make" "$base" || { image_problem="the base image could not be built"; return 1; }
}

# Asks the registry for the reaper first, once: it is small, and its absence spares the wait for each of the others.
pull() {
  local limit
  limit=$(command -v timeout >/dev/null && echo timeout 60) || true
  if [[ $registry == unknown ]]; then
    say "Looking for an image registry"
    registry=unreachable
    { have_image "$reaper" || logged pull.log $limit docker pull --quiet "$reaper" 2>/dev/null; } && registry=reachable
  fi
  [[ $registry == reachable ]] || return 1
  say "Pulling $1"
  logged pull.log docker pull --quiet "$1"
}

have_image() { docker image inspect "$1" >/dev/null 2>&1; }

# A short name for the content of some recipes, so that a changed recipe is built anew.
recipe() {
  local folder
  for folder in "$@"; do
    (cd "$images/$folder" && for file in *; do printf '%s\n' "$file"; cat "$file"; done)
  done | cksum | cut -d' ' -f1
}

# BuildKit where the client has it; the classic builder elsewhere.
buildkit() { if docker buildx version >/dev/null 2>&1; then echo 1; else echo 0; fi; }
