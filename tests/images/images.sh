# Sourced by tests/run: makes an image for each folder next to this file that has a Dockerfile, and exports its name to the tests as
# SKYPUNCH_TEST_<FOLDER>_IMAGE. If the Dockerfile names an official image ("# official: …"), it is built only if the official image cannot
# be pulled. For a new test image, add a folder; nothing else lists them.

images=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
reaper=testcontainers/ryuk:0.14.0 # Testcontainers removes forgotten containers with it
registry=unknown

ensure_images() {
  local dockerfile
  for dockerfile in "$images"/*/Dockerfile; do
    ensure_image "$(basename "$(dirname "$dockerfile")")" || return 1
  done
  ensure_dotnet || return 1
  # Without the reaper's image, Testcontainers must not try to start it. The fixtures remove their own containers anyway.
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
  # The build uses the host's network; a bridge network may not reach as far if the machine itself is a container or a virtual machine.
  if ! DOCKER_BUILDKIT=$(buildkit) logged "image-$name.log" \
    docker build --force-rm --network host --build-arg BASE="$base" --tag "$tag" "$images/$name"; then
    image_problem="the $name image could not be built"
    return 1
  fi
}

# Chooses the images that Skypunch's own images are built from: Microsoft's if they can be pulled, otherwise stand-ins made from this machine's
# .NET. Exports them as SKYPUNCH_TEST_SDK_IMAGE and SKYPUNCH_TEST_RUNTIME_IMAGE.
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

# The default of a build argument in Skypunch's Dockerfile.
official() { sed -n "s/^ARG $1_IMAGE=//p" "$images/../../deploy/Dockerfile"; }

# Sets the variable base: Debian's official image if it can be pulled, otherwise an image made from Debian packages.
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

# Asks the registry for the reaper's image first, once. It is small, and if it cannot be pulled, no time is spent on the other images.
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

# A hash of the content of these folders, so that a changed recipe is built again.
recipe() {
  local folder
  for folder in "$@"; do
    (cd "$images/$folder" && for file in *; do printf '%s\n' "$file"; cat "$file"; done)
  done | cksum | cut -d' ' -f1
}

# Whether the client has BuildKit; if not, the classic builder is used.
buildkit() { if docker buildx version >/dev/null 2>&1; then echo 1; else echo 0; fi; }
