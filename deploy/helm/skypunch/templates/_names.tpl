{{/* The labels of an object: of a part, where there is one. Takes root, and name where there is a part. */}}
{{- define "skypunch.labels" -}}
{{- with .name }}
app.kubernetes.io/name: {{ . }}
{{- end }}
app.kubernetes.io/part-of: skypunch
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* The labels of a pod: what changes with each version of the chart is not among them. Takes root and name. */}}
{{- define "skypunch.podLabels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/part-of: skypunch
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{/* What every object begins with. Takes root, name, and part where it is that of a part. */}}
{{- define "skypunch.metadata" -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
labels: {{- include "skypunch.labels" (dict "root" .root "name" .part) | trim | nindent 2 }}
{{- end }}

{{/* An image: by its digest where one is given. Takes root, name, and image, the values of the one. */}}
{{- define "skypunch.image" -}}
{{- $repository := .image.repository | default (printf "%s/%s" .root.Values.image.registry .name) -}}
{{- if .image.digest -}}
{{ $repository }}@{{ .image.digest }}
{{- else -}}
{{ $repository }}:{{ .image.tag | default .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end -}}
{{- end }}
