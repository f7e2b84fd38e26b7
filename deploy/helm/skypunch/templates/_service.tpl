{{/*
A service: its Deployment, its account, its disruption budget and, if it has an admin API or is the page, the Service for it. Takes root; name;
the ports grpc or web, and health; replicas, none if an autoscaler sets the number; env, the service's own variables; secrets, a map from the
keys of the Secret to the names of the service's files.
*/}}
{{- define "skypunch.service" -}}
{{- $root := .root }}
{{- $values := index $root.Values .name }}
{{- $tls := and (or .grpc .web) $root.Values.tls.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata: {{- include "skypunch.metadata" (dict "root" $root "name" .name "part" .name) | nindent 2 }}
spec:
  {{- if not (kindIs "invalid" .replicas) }}
  replicas: {{ .replicas }}
  {{- end }}
  selector: { matchLabels: { app.kubernetes.io/name: {{ .name }} } }
  strategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
  template:
    metadata:
      labels: {{- include "skypunch.podLabels" . | nindent 8 }}
        {{- with $values.podLabels }}{{ toYaml . | nindent 8 }}{{ end }}
      annotations:
        checksum/settings: {{ include (print $root.Template.BasePath "/settings.yaml") $root | sha256sum }}
        {{- with $values.podAnnotations }}{{ toYaml . | nindent 8 }}{{ end }}
    spec:
      serviceAccountName: {{ .name }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: 45 # longer than the 30 s in which a service finishes its work
      {{- with $root.Values.image.pullSecrets }}
      imagePullSecrets: {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext: {{- include "skypunch.podSecurity" . | nindent 8 }}
      topologySpreadConstraints: {{- include "skypunch.spread" . | trim | nindent 8 }}
      {{- with include "skypunch.placement" $values | trim }}{{ . | nindent 6 }}{{ end }}
      containers:
        - name: {{ .name }}
          image: {{ include "skypunch.image" (dict "root" $root "name" .name "image" $values.image) }}
          {{- with $root.Values.image.pullPolicy }}
          imagePullPolicy: {{ . }}
          {{- end }}
          ports:
            {{- with .grpc }}
            - { name: grpc, containerPort: {{ . }} }
            {{- end }}
            {{- with .web }}
            - { name: web, containerPort: {{ . }} }
            {{- end }}
            - { name: health, containerPort: {{ .health }} }
          envFrom:
            - configMapRef: { name: skypunch }
          {{- with include "skypunch.env" . | trim }}
          env: {{- . | nindent 12 }}
          {{- end }}
          volumeMounts:
            - { name: secrets, mountPath: /run/secrets/skypunch, readOnly: true }
            {{- if $tls }}
            - { name: tls, mountPath: /run/tls, readOnly: true }
            {{- end }}
            {{- with $values.extraVolumeMounts }}{{ toYaml . | nindent 12 }}{{ end }}
          {{- if or .grpc .web }}
          lifecycle:
            preStop: { sleep: { seconds: 5 } } # calls still arrive until every proxy knows that this pod ends
          {{- end }}
          {{- include "skypunch.probes" . | nindent 10 }}
          resources: {{- toYaml $values.resources | nindent 12 }}
          securityContext: {{- include "skypunch.containerSecurity" . | nindent 12 }}
      volumes:
        - name: secrets
          secret:
            secretName: {{ $root.Values.secrets.name }}
            defaultMode: 0440
            items:
              {{- range $key, $path := .secrets }}
              - { key: {{ $key }}, path: {{ $path }} }
              {{- end }}
              {{- if and $root.Values.secrets.ca (not .web) }}
              - { key: ca.crt, path: ca.crt }
              {{- end }}
        {{- if $tls }}
        - name: tls
          secret: { secretName: {{ $root.Values.tls.secretName }}, defaultMode: 0440{{ if .web }}, items: [{ key: ca.crt, path: ca.crt }]{{ end }} }
        {{- end }}
        {{- with $values.extraVolumes }}{{ toYaml . | nindent 8 }}{{ end }}
---
apiVersion: v1
kind: ServiceAccount
metadata: {{- include "skypunch.metadata" (dict "root" $root "name" .name "part" .name) | nindent 2 }}
automountServiceAccountToken: false
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {{- include "skypunch.metadata" (dict "root" $root "name" .name "part" .name) | nindent 2 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow # while the database or the broker is not reachable, no pod is ready, but a node must still be drained
  selector: { matchLabels: { app.kubernetes.io/name: {{ .name }} } }
{{- if or .grpc .web }}
---
apiVersion: v1
kind: Service
metadata: {{- include "skypunch.metadata" (dict "root" $root "name" .name "part" .name) | nindent 2 }}
  {{- with .serviceAnnotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  selector: { app.kubernetes.io/name: {{ .name }} }
  ports:
    {{- with .web }}
    - { name: web, port: {{ . }}, targetPort: web, appProtocol: http }
    {{- end }}
    {{- if .grpc }}
    - { name: grpc, port: {{ .grpc }}, targetPort: grpc, appProtocol: {{ $tls | ternary "https" "kubernetes.io/h2c" }} }
    {{- end }}
{{- end }}
{{- end }}
