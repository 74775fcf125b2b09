// The bot itself: at least two replicas behind one https address, and `doctor` beside them.

@description('Begins the names; the app\'s own.')
param name string

@description('The region.')
param location string

@description('The image with its tag.')
param image string

@description('The registry that the identity pulls from; empty: anybody may pull.')
param registry string

@description('The bot\'s identity: its name.')
param identityName string

@description('The fewest replicas.')
param minReplicas int

@description('The most replicas.')
param maxReplicas int

@description('Whether the replicas are spread over the zones of the region.')
param zoneRedundant bool

@description('The subnet: a resource id.')
param subnetId string

@description('Where logs are kept: a resource id.')
param workspaceId string

@description('Where traces go: the name of the Application Insights.')
param insightsName string

@description('The account\'s blob address.')
param storageServiceUri string

@description('The container of the 8Ds.')
param storageContainer string

@description('The account with the share of the report repository; empty: the repository is an address.')
param reportsAccount string

@description('The address of the report repository; empty: it is on the share.')
param gitRemote string

@description('The https address that others reach; empty: the app\'s own.')
param publicUrl string

@description('Further settings by the bot\'s own names, `Reminders:TimeZone` for example. No secrets.')
param settings { *: string }

@description('The secret settings by the bot\'s own names, `Slack:BotToken` for example. Their values are in the vault, with `--` in place of `:`.')
param secretSettings string[]

@description('The vault\'s address, with a slash at its end.')
param vaultUri string

var port = 8080
var appName = '${name}-bot'
var ownUrl = 'https://${appName}.${hosting.properties.defaultDomain}'

var mount = '/reports'
var volumes = empty(reportsAccount) ? [] : [{ name: 'reports', storageType: 'NfsAzureFile', storageName: 'reports' }]
var mounts = empty(reportsAccount) ? [] : [{ volumeName: 'reports', mountPath: mount }]

// OTEL_EXPORTER_OTLP_ENDPOINT and _PROTOCOL, which the bot reads too, are put in by the environment's agent.
var own = {
  ASPNETCORE_URLS: 'http://+:${port}'
  AZURE_CLIENT_ID: identity.properties.clientId
  'Playground:Enabled': 'false' // it asks nobody who they are, and this is reached by others
  PublicUrl: empty(publicUrl) ? ownUrl : publicUrl
  'Storage:Provider': 'AzureBlob'
  'Storage:ServiceUri': storageServiceUri
  'Storage:Container': storageContainer
  'Git:Remote': empty(gitRemote) ? '${mount}/reports.git' : gitRemote
}

var variables = concat(
  map(items(union(own, settings)), each => { name: replace(each.key, ':', '__'), value: each.value }),
  map(secretSettings, setting => { name: replace(setting, ':', '__'), secretRef: toLower(replace(setting, ':', '-')) })
)

var secrets = map(secretSettings, setting => {
  name: toLower(replace(setting, ':', '-'))
  keyVaultUrl: '${vaultUri}secrets/${replace(setting, ':', '--')}'
  identity: identity.id
})

var registries = empty(registry) ? [] : [{ server: '${registry}${environment().suffixes.acrLoginServer}', identity: identity.id }]

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = { name: identityName }

resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: insightsName }

// A preview version, since no other knows of OpenTelemetry. The bot's traces and logs go to Application Insights; its metrics end at the agent.
resource hosting 'Microsoft.App/managedEnvironments@2025-10-02-preview' = {
  name: '${name}-hosting'
  location: location
  properties: {
    zoneRedundant: zoneRedundant
    vnetConfiguration: { infrastructureSubnetId: subnetId, internal: false }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    appLogsConfiguration: { destination: 'azure-monitor' } // by the diagnostic setting below: without the workspace's key
    appInsightsConfiguration: { connectionString: insights.properties.ConnectionString }
    openTelemetryConfiguration: {
      tracesConfiguration: { destinations: ['appInsights'] }
      logsConfiguration: { destinations: ['appInsights'] }
    }
  }

  resource share 'storages' = if (!empty(reportsAccount)) {
    name: 'reports'
    properties: {
      nfsAzureFile: {
        server: '${reportsAccount}.privatelink.file.${environment().suffixes.storage}' // the name that only the network knows
        shareName: '/${reportsAccount}/reports'
        accessMode: 'ReadWrite'
      }
    }
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: hosting
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'ContainerAppConsoleLogs', enabled: true }
      { category: 'ContainerAppSystemLogs', enabled: true }
    ]
  }
}

resource bot 'Microsoft.App/containerApps@2025-07-01' = {
  name: appName
  location: location
  dependsOn: [hosting::share]
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: hosting.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single' // the new version starts beside the old one, which ends once the new one is ready
      ingress: {
        external: true
        allowInsecure: false
        targetPort: port
        transport: 'auto'
      }
      registries: registries
      secrets: secrets
    }
    template: {
      terminationGracePeriodSeconds: 40 // the bot needs ten at most
      // A share belongs to root at first, and the bot's user (1654, `app` in the image) writes there.
      initContainers: empty(reportsAccount)
        ? []
        : [
            {
              name: 'hand-over'
              image: 'mcr.microsoft.com/azurelinux/busybox:1.36'
              command: ['chown', '1654:1654', mount]
              resources: { cpu: json('0.25'), memory: '0.5Gi' }
              volumeMounts: mounts
            }
          ]
      containers: [
        {
          name: 'bot'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: variables
          volumeMounts: mounts
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: port }
              periodSeconds: 6
              timeoutSeconds: 5
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: port }
              periodSeconds: 10
              timeoutSeconds: 5
              failureThreshold: 3
            }
            {
              type: 'Readiness'
              httpGet: { path: '/readyz', port: port }
              periodSeconds: 5
              timeoutSeconds: 5 // the bot answers after three, also where the storage does not
              failureThreshold: 2
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          {
            name: 'requests'
            http: { metadata: { concurrentRequests: '100' } }
          }
        ]
      }
      volumes: volumes
    }
  }
}

// It only reads, and beside the running bot. A red line ends it with status 1, which its list of executions shows; the alerts read its lines.
resource doctor 'Microsoft.App/jobs@2025-07-01' = {
  name: '${name}-doctor'
  location: location
  dependsOn: [bot] // which makes the report repository
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: hosting.id
    workloadProfileName: 'Consumption'
    configuration: {
      triggerType: 'Schedule'
      scheduleTriggerConfig: { cronExpression: '*/5 * * * *', parallelism: 1, replicaCompletionCount: 1 }
      replicaTimeout: 120
      replicaRetryLimit: 0
      registries: registries
      secrets: secrets
    }
    template: {
      containers: [
        {
          name: 'doctor' // the alerts know it by this name
          image: image
          args: ['doctor']
          resources: { cpu: json('0.25'), memory: '0.5Gi' }
          env: variables
          volumeMounts: mounts
        }
      ]
      volumes: volumes
    }
  }
}

@description('The bot\'s own address, without what a custom domain would add.')
output url string = ownUrl
