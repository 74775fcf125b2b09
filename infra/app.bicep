// The bot itself: at least two replicas behind one address, each asked whether it lives and whether it can serve.
param name string
param location string
param tags { application: string }
param image string
param registry string

@description('The identity, by its resource.')
param identity string

@description('The same, by the id that it logs in with.')
param client string
param subnet string
param isZoneRedundant bool
param workspace string
param insights string
param vault string
param secrets { setting: string, secret: string }[]
param settings { name: string, value: string }[]
param replicas int

var port = 8080

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = { name: workspace }
resource traces 'Microsoft.Insights/components@2020-02-02' existing = { name: insights }

// of the previews: only these hand traces on
resource place 'Microsoft.App/managedEnvironments@2025-02-02-preview' = {
  name: '${name}-environment'
  location: location
  tags: tags
  properties: {
    zoneRedundant: isZoneRedundant
    vnetConfiguration: { infrastructureSubnetId: subnet, internal: false }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: { customerId: logs.properties.customerId, sharedKey: logs.listKeys().primarySharedKey }
    }
    appInsightsConfiguration: { connectionString: traces.properties.ConnectionString }
    openTelemetryConfiguration: {
      tracesConfiguration: { destinations: ['appInsights'] }
    }
  }
}

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: name
  location: location
  tags: tags
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity}': {} } }
  properties: {
    environmentId: place.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single' // the old replicas serve until the new ones are ready
      ingress: { external: true, targetPort: port, transport: 'auto', allowInsecure: false }
      registries: empty(registry) ? [] : [{ server: '${registry}${environment().suffixes.acrLoginServer}', identity: identity }]
      secrets: [for each in secrets: { name: each.secret, keyVaultUrl: '${vault}secrets/${each.secret}', identity: identity }]
    }
    template: {
      terminationGracePeriodSeconds: 30 // it needs ten at most
      scale: { minReplicas: replicas, maxReplicas: replicas } // each turn is a short write: more replicas serve availability, not speed
      containers: [
        {
          name: 'bot'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(
            [
              { name: 'ASPNETCORE_URLS', value: 'http://0.0.0.0:${port}' }
              { name: 'AZURE_CLIENT_ID', value: client }
            ],
            settings,
            map(secrets, each => { name: each.setting, secretRef: each.secret })
          )
          probes: [
            { type: 'Startup', httpGet: { path: '/healthz', port: port }, periodSeconds: 2, failureThreshold: 30 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: port }, periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 5 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: port }, periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 5 }
          ]
        }
      ]
    }
  }
}

output address string = 'https://${app.properties.configuration.ingress.fqdn}'
