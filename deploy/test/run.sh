#!/usr/bin/env bash
# Builds the images and runs them as a cluster would: restricted, told to end,
# by the chart's own Deployments, and by compose.yaml. By podman, without a registry of images: what
# they are built on is made of a Debian mirror, the JDK at hand and the build's artifacts (stand-ins/).
# Ten minutes.
#
#   run.sh                  all of it
#   run.sh images compose   only these: images, restricted, compose, deployments, testcontainers
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$root/.mvn/jdk.sh"
use_jdk

[ "$(id -u)" = 0 ] || fail "run this as root: it makes file systems and networks"
need podman=podman runc=runc debootstrap=debootstrap curl=curl unzip=unzip openssl=openssl xz=xz-utils \
    jq=jq python3=python3 npm=npm
python3 -c 'import yaml' 2> /dev/null || need no-such-command=python3-yaml
fetch_compose
parts=${*:-images restricted compose deployments testcontainers}

cat > "$work/containers.conf" <<END
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
END
export CONTAINERS_CONF=$work/containers.conf
export DOCKER_HOST=unix://$work/podman.sock
podman() { command podman --root "$work/store" --runroot "$work/run" --tmpdir "$work/tmp" "$@"; }

compose() { "$compose" --env-file "$work/compose.env" -f "$root/deploy/compose/compose.yaml" "$@"; }

stop_all() {
    compose down -v > /dev/null 2>&1 || true
    podman pod rm -fa > /dev/null 2>&1 || true
    podman rm -fa > /dev/null 2>&1 || true
    jobs -p | xargs -r kill 2> /dev/null || true
}
trap stop_all EXIT
stop_all # what an earlier run has left

command podman --root "$work/store" --runroot "$work/run" --tmpdir "$work/tmp" \
    system service -t 0 "$DOCKER_HOST" > "$work/podman.log" 2>&1 &
# Where there is no systemd nobody asks for health; compose waits for it.
while sleep 1; do
    for container in parley-kafka-1 parley-postgres-1; do
        command podman --root "$work/store" --runroot "$work/run" --tmpdir "$work/tmp" \
            healthcheck run "$container" > /dev/null 2>&1 || true
    done
done &

ingest=http://localhost:18080
ledger=http://localhost:18081
openssl genrsa -out "$work/key.pem" 2048 2> /dev/null
public_key=$(openssl rsa -in "$work/key.pem" -pubout -outform DER 2> /dev/null | base64 -w0)
cat > "$work/compose.env" <<END
PARLEY_DATABASE_PASSWORD=$(openssl rand -hex 12)
PARLEY_TOKEN_PUBLIC_KEY=$public_key
PARLEY_INGEST_PORT=18080
PARLEY_LEDGER_PORT=18081
END

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d =; }

# A bearer token of the role editor.
token() {
    local said
    said=$(printf '{"alg":"RS256","typ":"JWT"}' | base64url).$(printf \
        '{"sub":"run","groups":["editor","publisher"],"iat":%d,"exp":%d}' "$(date +%s)" $(($(date +%s) + 3600)) | base64url)
    echo "$said.$(printf %s "$said" | openssl dgst -sha256 -sign "$work/key.pem" -binary | base64url)"
}

# await SECONDS WHAT COMMAND…: until the command succeeds.
await() {
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" > /dev/null 2>&1; do
        [ $SECONDS -lt $end ] || fail "$what"
        sleep 0.3
    done
}

is_ready() { curl -sf "$1/q/health/ready"; }

# Publishes one exchange and asks for the totals that hold it.
publish_and_read() {
    local authorization position
    authorization="Authorization: Bearer $(token)"
    curl -sS --fail-with-body -X PUT "$ingest/v1/conflicts/trial" -H "$authorization" -H 'Content-Type: application/json' \
        -d '{"name":"A trial","parties":[{"party":"NORTH","name":"Northland","role":"side"},{"party":"SOUTH","name":"Southland","role":"side"}]}' \
        > "$work/answer.json" || fail "the conflict is not taken: $(cat "$work/answer.json")"
    curl -sS --fail-with-body "$ingest/v1/exchanges" -H "$authorization" -H 'Content-Type: application/json' -d '{
        "exchangeId":"trial-1","conflict":"trial","occurredOn":"2026-02-20",
        "transfers":[{"from":"NORTH","to":"SOUTH","category":"remains","count":1000,"statedBy":["SOUTH"]}],
        "sources":[{"title":"A thousand returned","publisher":"Our Paper","url":"https://example.org/1"}]}' \
        > "$work/answer.json" || fail "the exchange is not taken: $(cat "$work/answer.json")"
    position=$(jq -r .position "$work/answer.json")
    curl -sf "$ledger/v1/conflicts/trial/totals?position=$position" \
        | jq -e '[.parties[] | select(.party == "SOUTH") | .totals[].received.best] == [1000]' > /dev/null \
        || fail "the totals are not those of the exchange"
    echo "published an exchange, and read the totals that hold it"
}

images() {
    say "the base and the stand-ins"
    "$root/mvnw" -q -B -f "$root/pom.xml" -Dmaven.test.skip=true -pl ingest-service,ledger-service -am package
    if ! podman image exists docker.io/library/eclipse-temurin:25-jre; then
        debootstrap --variant=minbase --include=ca-certificates,tzdata,fontconfig,fonts-dejavu-core \
            "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$work/rootfs" "$(mirror)" > "$work/debootstrap.log"
        mkdir -p "$work/rootfs/opt/java"
        "$JAVA_HOME/bin/jlink" --no-header-files --no-man-pages --output "$work/rootfs/opt/java/openjdk" --add-modules \
            java.se,jdk.unsupported,jdk.crypto.ec,jdk.management,jdk.management.agent,jdk.jfr,jdk.net,jdk.zipfs,jdk.naming.dns,jdk.localedata,jdk.charsets,jdk.jcmd,jdk.security.auth,jdk.security.jgss,jdk.httpserver
        tar -C "$work/rootfs" -c . | podman import -q --change 'ENV JAVA_HOME=/opt/java/openjdk' \
            --change 'ENV PATH=/opt/java/openjdk/bin:/usr/sbin:/usr/bin:/sbin:/bin' - docker.io/library/eclipse-temurin:25-jre
        rm -rf "$work/rootfs"
    fi
    rm -rf "$work/kafka" "$work/postgres"
    cp -r "$here/stand-ins/kafka" "$here/stand-ins/postgres" "$work/"
    cp -r "$root/deploy/stack/target/broker/lib" "$work/kafka/lib"
    mkdir "$work/postgres/server"
    unzip -p "$(find "${MAVEN_REPO:-$HOME/.m2/repository}/io/zonky/test/postgres" -name '*linux-amd64-18*.jar' | sort | tail -n 1)" \
        postgres-linux-x86_64.txz | tar -xJ -C "$work/postgres/server"
    podman build --pull-never -q -t docker.io/apache/kafka:4.3.1 "$work/kafka"
    podman build --pull-never -q -t docker.io/library/postgres:18 -t docker.io/library/postgres:18.4 "$work/postgres"

    say "the images, each with its cache of classes"
    for service in ingest ledger; do
        podman build --pull-never -q -f "$root/deploy/docker/Dockerfile" -t "localhost/parley-$service:0.1.0" \
            --build-arg REVISION="$(git -C "$root" rev-parse HEAD)" "$root/$service-service/target/quarkus-app"
        podman image inspect "localhost/parley-$service:0.1.0" \
            --format '{{.RepoTags}} {{.Size}} bytes, user {{.Config.User}}, {{index .Config.Labels "org.opencontainers.image.revision"}}'
    done
}

# A cache that does not fit is passed over with a warning; here it may not be.
restricted() {
    say "ingest-service alone: restricted, and with a cache that has to fit"
    podman run -d --name alone --read-only --tmpfs /tmp --cap-drop=all --security-opt no-new-privileges --memory 1g \
        --network host -e JDK_JAVA_OPTIONS=-XX:AOTMode=on -e QUARKUS_OIDC_PUBLIC_KEY="$public_key" -e QUARKUS_HTTP_PORT=18090 \
        localhost/parley-ingest:0.1.0 > /dev/null
    await 30 "it does not live" curl -sf http://localhost:18090/q/health/live
    podman exec alone grep -E '^(Uid|CapEff|NoNewPrivs|Seccomp):' /proc/1/status | tee "$work/status.txt"
    grep -qE '^Uid:.10001' "$work/status.txt" && grep -qE '^CapEff:.0+$' "$work/status.txt" \
        && grep -qE '^NoNewPrivs:.1' "$work/status.txt" || fail "it may do more than it should"
    podman exec alone touch /opt/parley/x 2> /dev/null && fail "its files can be written"
    podman stop -t 30 alone > /dev/null
    [ "$(podman inspect alone --format '{{.State.ExitCode}}')" = 143 ] || fail "it did not end by TERM"
    podman logs alone 2>&1 | grep -o 'started in [0-9.]*s'
    podman rm alone > /dev/null
}

compose_up() {
    say "compose.yaml: up, used, restarted, used again, down"
    compose up -d --quiet-pull 2> "$work/up.log" || { cat "$work/up.log" >&2; fail "compose up"; }
    await 60 "ingest is not ready" is_ready $ingest
    await 60 "the ledger is not ready" is_ready $ledger
    publish_and_read
    local before after
    before=$(curl -sf $ledger/v1/conflicts/trial/totals | jq -cS .parties)
    compose restart ledger ingest 2> /dev/null
    await 60 "ingest is not ready again" is_ready $ingest
    await 60 "the ledger is not ready again" is_ready $ledger
    after=$(curl -sf $ledger/v1/conflicts/trial/totals | jq -cS .parties)
    [ "$before" = "$after" ] || fail "the totals are others after a restart"
    podman exec parley-ledger-1 grep -E '^(Uid|CapEff|NoNewPrivs):' /proc/1/status | tr '\n\t' '; '
    echo
    compose down -v 2> /dev/null
}

# The chart's Deployments as they are rendered, by `podman kube play`. It knows no init containers,
# Services, and named ports of probes; so probes are asked for here.
deployments() {
    say "the Deployments of the chart, in a network with Kafka and PostgreSQL"
    compose up -d kafka postgres 2> "$work/up.log" || { cat "$work/up.log" >&2; fail "compose up"; }
    local password helm=$work/helm4/helm/helm
    fetch_kubernetes v36 2.0.1 avoGOjiOUt1hVN8vOP/B8JMRJL4nrxTajFtNr6FrqThft6aP2OHZcXYDhvlb4YU0mlU0aaJFCsihHKL6ZmxMJg== helm4
    password=$(sed -n 's/^PARLEY_DATABASE_PASSWORD=//p' "$work/compose.env")
    podman secret rm parley-database parley-tokens > /dev/null 2>&1 || true
    jq -n --arg p "$password" '{username: ("parley" | @base64), password: ($p | @base64)}' | podman secret create parley-database - > /dev/null
    jq -n --arg k "$public_key" '{"public.pem": ($k | @base64)}' | podman secret create parley-tokens - > /dev/null
    "$helm" template parley "$root/deploy/helm/parley" -f "$root/deploy/helm/parley/ci/minimal.yaml" 2> "$work/helm.txt" > "$work/rendered.yaml" \
        || fail "$(cat "$work/helm.txt")"
    for service in ingest ledger; do
        python3 "$here/playable.py" "parley-$service" < "$work/rendered.yaml" > "$work/play-$service.yaml"
        podman kube play --network parley_default "$work/play-$service.yaml" > /dev/null
    done
    ingest=http://$(address ingest):8080
    ledger=http://$(address ledger):8081
    await 60 "ingest is not ready" is_ready "$ingest"
    await 60 "the ledger is not ready" is_ready "$ledger"
    publish_and_read
    for service in ingest ledger; do
        podman exec "$(container $service)" grep -E '^(Uid|CapEff|NoNewPrivs):' /proc/1/status | tr '\n\t' '; '
        ends_well "$service"
    done
}

# TERM: not ready any more, but answering for drainSeconds; then the end, by TERM and nothing else.
ends_well() {
    local at=${!1} stopping
    podman stop -t 40 "$(container "$1")" > /dev/null &
    stopping=$!
    await 5 "$1 stays ready" bash -c "[ \"\$(curl -so /dev/null -w '%{http_code}' $at/q/health/ready)\" = 503 ]"
    curl -sf "$at/q/health/live" > /dev/null || fail "$1 answers no more, though it should for some seconds"
    wait $stopping
    [ "$(podman inspect "$(container "$1")" --format '{{.State.ExitCode}}')" = 143 ] || fail "$1 did not end by TERM"
    echo "TERM: $1 was not ready, went on answering, and ended"
}

# The container of a Deployment's pod.
container() { podman ps -a --format '{{.Names}}' | grep -E "^parley-$1-pod.*-$1$"; }

address() {
    local pod infra
    pod=$(podman inspect "$(container "$1")" --format '{{.Pod}}')
    infra=$(podman pod inspect "$pod" --format '{{.InfraContainerID}}')
    podman inspect "$infra" --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
}

testcontainers() {
    say "the tests' servers as containers"
    TESTCONTAINERS_RYUK_DISABLED=true "$root/mvnw" -B -o -f "$root/pom.xml" -pl deploy/stack -am verify -Dtest=none \
        -Dsurefire.failIfNoSpecifiedTests=false -Dit.test='KafkaIT,PostgresIT' -Dstyle.color=never > "$work/testcontainers.log" 2>&1 \
        || { grep -E 'ERROR|Tests run' "$work/testcontainers.log" | head -n 20 >&2; fail "Testcontainers"; }
    grep -E 'Tests run:.*IT$|Container .* started' "$work/testcontainers.log" | cut -c1-160
}

for part in $parts; do
    case $part in
        images) images ;;
        restricted) restricted ;;
        compose) compose_up ;;
        deployments) deployments ;;
        testcontainers) testcontainers ;;
        *) fail "there is no $part: see the head of this file" ;;
    esac
done
say "all of it holds"
