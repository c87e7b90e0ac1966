# Sourced by ../mvnw and ../deploy/local/up: finds a JDK that can build and run Parley, though
# `java` may be an older one. Looked for in JAVA_HOME, on the PATH, under /usr/lib/jvm, in this
# order; nothing is started to learn its version. POSIX sh.

jdk_version_min=25

# The version of the JDK in folder $1 (25 for 25.0.3), or nothing: for a JRE too, as it has no javac.
jdk_version() {
    if [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]\{1,\}\).*/\1/p' "$1/release"
    fi
}

is_wanted_jdk() {
    _version=$(jdk_version "$1")
    [ "${_version:-0}" -ge "$jdk_version_min" ]
}

jdk_on_path() {
    _rest=$PATH:
    while [ -n "$_rest" ]; do
        _folder=${_rest%%:*}
        _rest=${_rest#*:}
        if [ -x "$_folder/javac" ]; then
            _home=$(dirname "$(dirname "$(readlink -f "$_folder/javac")")")
            if is_wanted_jdk "$_home"; then
                echo "$_home"
                return
            fi
        fi
    done
}

# Of several, the one nearest to what Parley is built with: the lowest version that will do.
jdk_installed() {
    for _home in /usr/lib/jvm/*/; do
        _home=${_home%/}
        if [ ! -L "$_home" ] && is_wanted_jdk "$_home"; then
            echo "$(jdk_version "$_home") $_home"
        fi
    done | sort -n | sed -n '1s/^[0-9]* //p'
}

# Sets and exports JAVA_HOME, or says what to install and ends the script.
use_jdk() {
    if [ -z "${JAVA_HOME:-}" ] || ! is_wanted_jdk "$JAVA_HOME"; then
        JAVA_HOME=$(jdk_on_path)
        [ -n "$JAVA_HOME" ] || JAVA_HOME=$(jdk_installed)
    fi
    if [ -z "$JAVA_HOME" ]; then
        cat >&2 <<END
Parley needs a JDK of version $jdk_version_min or newer (a JRE is not enough), and there is none in
JAVA_HOME, on the PATH or under /usr/lib/jvm. Install one, for example on Debian or Ubuntu:
  apt install openjdk-$jdk_version_min-jdk-headless
or Eclipse Temurin $jdk_version_min; then run this again. Nothing needs to be set.
END
        exit 1
    fi
    export JAVA_HOME
}
