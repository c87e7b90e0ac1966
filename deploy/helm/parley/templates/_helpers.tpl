{{/* Each takes a dict of root (the chart's $) and component (ingest or ledger), or the root alone. */}}

{{- define "parley.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 55 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 55 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 55 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "parley.component" -}}
{{ include "parley.fullname" .root }}-{{ .component }}
{{- end -}}

{{/* Never changed once installed: a Deployment's selector cannot be. */}}
{{- define "parley.selector" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "parley.labels" -}}
{{ include "parley.selector" . }}
app.kubernetes.io/part-of: parley
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end -}}

{{- define "parley.port" -}}
{{ eq .component "ingest" | ternary 8080 8081 }}
{{- end -}}

{{- define "parley.image" -}}
{{- $image := (index .root.Values .component).image -}}
{{- $name := list .root.Values.image.registry $image.repository | compact | join "/" -}}
{{- if $image.digest -}}
{{ $name }}@{{ $image.digest }}
{{- else -}}
{{ $name }}:{{ default .root.Chart.AppVersion .root.Values.image.tag }}
{{- end -}}
{{- end -}}

{{- define "parley.kafka.bootstrap" -}}
{{- if .Values.kafka.bootstrapServers -}}
{{ .Values.kafka.bootstrapServers }}
{{- else if .Values.strimzi.cluster -}}
{{ .Values.strimzi.cluster }}-kafka-bootstrap:{{ eq .Values.kafka.securityProtocol "PLAINTEXT" | ternary 9092 9093 }}
{{- else -}}
{{ fail "Set kafka.bootstrapServers (HOST:PORT,…), or strimzi.cluster where Strimzi runs Kafka in this namespace." }}
{{- end -}}
{{- end -}}

{{- define "parley.kafka.ca" -}}
{{- if ne .Values.kafka.securityProtocol "PLAINTEXT" -}}
{{- if .Values.kafka.caSecret -}}
{{ .Values.kafka.caSecret }}
{{- else if .Values.strimzi.cluster -}}
{{ .Values.strimzi.cluster }}-cluster-ca-cert
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "parley.kafka.user" -}}
{{- $given := index .root.Values.kafka (printf "%sUserSecret" .component) -}}
{{- if $given -}}
{{ $given }}
{{- else if .root.Values.strimzi.users -}}
{{ include "parley.component" . }}
{{- else -}}
{{ fail (printf "kafka.authentication is %s: set kafka.%sUserSecret, or strimzi.users, or authentication: none." .root.Values.kafka.authentication .component) }}
{{- end -}}
{{- end -}}

{{- define "parley.secretEnv" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end -}}

{{- define "parley.kafka.env" -}}
{{- $kafka := .root.Values.kafka -}}
- name: KAFKA_BOOTSTRAP_SERVERS
  value: {{ include "parley.kafka.bootstrap" .root | quote }}
- name: KAFKA_SECURITY_PROTOCOL
  value: {{ $kafka.securityProtocol }}
{{- if include "parley.kafka.ca" .root }}
- name: KAFKA_SSL_TRUSTSTORE_TYPE
  value: PEM
- name: KAFKA_SSL_TRUSTSTORE_LOCATION
  value: /etc/parley/kafka-ca/{{ $kafka.caKey }}
{{- end }}
{{- if eq $kafka.authentication "tls" }}
- name: KAFKA_SSL_KEYSTORE_TYPE
  value: PKCS12
- name: KAFKA_SSL_KEYSTORE_LOCATION
  value: /etc/parley/kafka-user/user.p12
{{ include "parley.secretEnv" (dict "name" "KAFKA_SSL_KEYSTORE_PASSWORD" "secret" (include "parley.kafka.user" .) "key" "user.password") }}
{{- else if eq $kafka.authentication "scram-sha-512" }}
- name: KAFKA_SASL_MECHANISM
  value: SCRAM-SHA-512
{{ include "parley.secretEnv" (dict "name" "KAFKA_SASL_JAAS_CONFIG" "secret" (include "parley.kafka.user" .) "key" "sasl.jaas.config") }}
{{- end }}
{{- end -}}

{{- define "parley.tokens.env" -}}
{{- $tokens := .root.Values.tokens -}}
{{- if $tokens.issuer }}
- name: QUARKUS_OIDC_AUTH_SERVER_URL
  value: {{ $tokens.issuer | quote }}
{{- else if $tokens.publicKeySecret }}
{{ include "parley.secretEnv" (dict "name" "QUARKUS_OIDC_PUBLIC_KEY" "secret" $tokens.publicKeySecret "key" $tokens.publicKeyKey) }}
{{- else }}
{{ fail "Set tokens.issuer (the address of the issuer of bearer tokens) or tokens.publicKeySecret (a Secret with their public key)." }}
{{- end }}
{{- with $tokens.audience }}
- name: QUARKUS_OIDC_TOKEN_AUDIENCE
  value: {{ . | quote }}
{{- end }}
- name: QUARKUS_OIDC_ROLES_ROLE_CLAIM_PATH
  value: {{ $tokens.rolesClaim | quote }}
{{- end -}}

{{/* What both services are told. */}}
{{- define "parley.common.env" -}}
- name: QUARKUS_LOG_CONSOLE_JSON_ENABLED
  value: {{ .root.Values.log.json | quote }}
- name: QUARKUS_SHUTDOWN_DELAY
  value: {{ (index .root.Values .component).drainSeconds }}S
{{- with .root.Values.tracing.endpoint }}
- name: QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* What a service is told, each name once: the operator's word goes before that of other values. */}}
{{- define "parley.env" -}}
{{- $given := default dict (index .root.Values .component).env -}}
{{- $own := list "parley.kafka.env" "parley.tokens.env" (printf "parley.%s.env" .component) "parley.common.env" -}}
{{- $all := list -}}
{{- range $own -}}
{{- range include . $ | fromYamlArray -}}
{{- if not (hasKey $given .name) -}}
{{- $all = append $all . -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $value := $given -}}
{{- $all = append $all (dict "name" $name "value" (toString $value)) -}}
{{- end -}}
{{ toYaml $all }}
{{- end -}}

{{- define "parley.kafka.volumes" -}}
{{- with include "parley.kafka.ca" .root }}
- name: kafka-ca
  secret:
    secretName: {{ . }}
{{- end }}
{{- if eq .root.Values.kafka.authentication "tls" }}
- name: kafka-user
  secret:
    secretName: {{ include "parley.kafka.user" . }}
    items:
      - key: user.p12
        path: user.p12
{{- end }}
{{- end -}}

{{- define "parley.kafka.mounts" -}}
{{- if include "parley.kafka.ca" .root }}
- name: kafka-ca
  mountPath: /etc/parley/kafka-ca
  readOnly: true
{{- end }}
{{- if eq .root.Values.kafka.authentication "tls" }}
- name: kafka-user
  mountPath: /etc/parley/kafka-user
  readOnly: true
{{- end }}
{{- end -}}

{{/* What is the same in both Deployments, of the pod. A pod ends after its draining, the longest
     time the service gives to what is under way, and some seconds more. */}}
{{- define "parley.pod" -}}
{{- $own := index .root.Values .component -}}
serviceAccountName: {{ include "parley.component" . }}
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: {{ add $own.drainSeconds 25 }}
securityContext:
  runAsNonRoot: true
  {{- with .root.Values.podSecurity.runAsUser }}
  runAsUser: {{ . }}
  {{- end }}
  {{- with .root.Values.podSecurity.runAsGroup }}
  runAsGroup: {{ . }}
  fsGroup: {{ . }}
  {{- end }}
  seccompProfile:
    type: RuntimeDefault
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "parley.selector" $ | nindent 8 }}
    matchLabelKeys: [pod-template-hash]
  {{- end }}
{{- with $own.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $own.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $own.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $own.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{/* What is the same in both Deployments, of the container. Liveness asks nothing of Kafka or
     PostgreSQL: a restart would not bring them back. */}}
{{- define "parley.container" -}}
{{- $own := index .root.Values .component -}}
image: {{ include "parley.image" . }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
ports:
  - name: http
    containerPort: {{ include "parley.port" . }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
resources:
  {{- toYaml $own.resources | nindent 2 }}
livenessProbe:
  httpGet:
    path: /q/health/live
    port: http
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet:
    path: /q/health/ready
    port: http
  periodSeconds: 3
  timeoutSeconds: 3
  failureThreshold: 2
{{- end -}}

{{- define "parley.host" -}}
{{- $key := printf "%sHost" .component -}}
{{ required (printf "Set route.%s: the name by which callers reach %s-service." $key .component) (index .root.Values.route $key) }}
{{- end -}}

{{/* What of a service is for others, by path. */}}
{{- define "parley.paths" -}}
/v1: Prefix
{{- if eq .component "ledger" }}
/: Exact
/dashboard: Prefix
/embed: Prefix
{{- end }}
{{- end -}}
