{{/* The rights of every pod: it may run, and nothing else. */}}
{{- define "skypunch.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1654
runAsGroup: 1654
fsGroup: 1654
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "skypunch.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* /healthz says that the process is alive, /readyz that it can work. A database that is not reachable is no reason for a restart. */}}
{{- define "skypunch.probes" -}}
startupProbe:
  httpGet: { path: /healthz, port: health }
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: { path: /healthz, port: health }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: { path: /readyz, port: health }
  periodSeconds: 5
  timeoutSeconds: 5
{{- end }}

{{/* Spreads pods over nodes and zones. Old pods, which are about to end, do not count. Takes name. */}}
{{- define "skypunch.spread" -}}
{{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
- maxSkew: 1
  topologyKey: {{ . }}
  whenUnsatisfiable: ScheduleAnyway
  labelSelector: { matchLabels: { app.kubernetes.io/name: {{ $.name }} } }
  matchLabelKeys: [pod-template-hash]
{{- end }}
{{- end }}

{{/* The nodes that a service may run on. Takes the values of the service. */}}
{{- define "skypunch.placement" -}}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{/* The variables of a service. Takes what "skypunch.service" takes. */}}
{{- define "skypunch.env" -}}
{{- if not .web }}
- { name: RabbitMq__User, value: {{ .name }} }
{{- end }}
{{- with .env }}{{ toYaml . | nindent 0 }}{{ end }}
{{- if and .grpc .root.Values.tls.enabled }}{{ include "skypunch.tlsEnv" . | nindent 0 }}{{ end }}
{{- if and .web .root.Values.tls.enabled }}
- { name: SSL_CERT_FILE, value: /run/tls/ca.crt } # trusted in addition to /etc/ssl/certs
{{- end }}
{{- with (index .root.Values .name).extraEnv }}{{ toYaml . | nindent 0 }}{{ end }}
{{- end }}

{{/* The certificate of an admin API. Takes root and grpc, the port. */}}
{{- define "skypunch.tlsEnv" -}}
- { name: Kestrel__Endpoints__Admin__Url, value: "https://*:{{ .grpc }}" }
- { name: Kestrel__Endpoints__Admin__Certificate__Path, value: /run/tls/tls.crt }
- { name: Kestrel__Endpoints__Admin__Certificate__KeyPath, value: /run/tls/tls.key }
- { name: SSL_CERT_FILE, value: /run/tls/ca.crt } # trusted in addition to /etc/ssl/certs
{{- end }}
