{{/* What the pods of the servers and of the migration have in common. */}}
{{- define "cq.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 1993
  runAsGroup: 1993
  fsGroup: 1993
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  # A folder below /run/secrets, which itself may have to take other mounts.
  - name: secrets
    secret: { secretName: {{ .Values.existingSecret | quote }}, defaultMode: 0440 }
  - name: data
{{- if eq .Values.database "sqlite" }}
    persistentVolumeClaim: { claimName: {{ include "cq.claim" . | quote }} }
{{- else }}
    emptyDir: {}
{{- end }}
{{- end }}

{{- define "cq.container" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
resources: {{- toYaml .Values.resources | nindent 2 }}
volumeMounts:
  - { name: secrets, mountPath: /run/secrets/cq, readOnly: true }
  - { name: data, mountPath: /data }
{{- end }}

{{/* The variables of a release, those of the values over the chart's own. */}}
{{- define "cq.environment" -}}
{{- $own := dict "CQ_JWT_SECRET_FILE" "/run/secrets/cq/jwt-secret" "CQ_API_KEY_PEPPER_FILE" "/run/secrets/cq/api-key-pepper" }}
{{- if eq .Values.database "postgres" }}
{{- $_ := set $own "CQ_DATABASE_URL_FILE" "/run/secrets/cq/database-url" }}
{{- $_ := set $own "CQ_MIGRATE" "check" }}
{{- end }}
{{- if and .Values.ingress.enabled .Values.ingress.tlsSecret }}
{{- $_ := set $own "CQ_PUBLIC_URL" (printf "https://%s" .Values.ingress.host) }}
{{- end }}
{{- if .Values.serviceMonitor.enabled }}
{{- $_ := set $own "CQ_METRICS_TOKEN_FILE" "/run/secrets/cq/metrics-token" }}
{{- end }}
{{- range $name, $value := merge dict .Values.env $own }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end }}
