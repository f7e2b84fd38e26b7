{{/* The labels of an object. Takes root and, for an object of a service, name. */}}
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

{{/* The labels of a pod, without those that change with each version of the chart. Takes root and name. */}}
{{- define "skypunch.podLabels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/part-of: skypunch
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{/* The metadata of an object. Takes root, name and, for an object of a service, part. */}}
{{- define "skypunch.metadata" -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
labels: {{- include "skypunch.labels" (dict "root" .root "name" .part) | trim | nindent 2 }}
{{- end }}

{{/* The name of an image, with its digest if one is given. Takes root, name, and image (the values of the image). */}}
{{- define "skypunch.image" -}}
{{- $repository := .image.repository | default (printf "%s/%s" .root.Values.image.registry .name) -}}
{{- if .image.digest -}}
{{ $repository }}@{{ .image.digest }}
{{- else -}}
{{ $repository }}:{{ .image.tag | default .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end -}}
{{- end }}

{{/* The host names of the page, with commas between them; empty if nothing outside reaches it. */}}
{{- define "skypunch.pageHosts" -}}
{{- $hosts := list }}
{{- if .Values.gateway.enabled }}{{ $hosts = concat $hosts .Values.gateway.pageHostnames }}{{ end }}
{{- if and .Values.ingress.enabled .Values.ingress.pageHost }}{{ $hosts = append $hosts .Values.ingress.pageHost }}{{ end }}
{{- join "," ($hosts | uniq) }}
{{- end }}
