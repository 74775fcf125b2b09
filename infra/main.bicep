// 8D Bot on Azure, in one resource group:
//   az deployment group create -g GROUP -f infra/main.bicep -p infra/prod.bicepparam
// docs/operations.md, "Deploying to Azure", says what comes before and after.

@description('Begins the names of all that is made: lower-case letters and digits.')
@minLength(3)
@maxLength(8)
param name string = 'eightd'

@description('The region.')
param location string = resourceGroup().location

@description('The bot\'s image with its tag, built from infra/Dockerfile.')
param image string

@description('The Azure Container Registry in this resource group that has the image; empty: anybody may pull it.')
param registry string = ''

@description('The fewest replicas. Two, so that one may go.')
@minValue(2)
param minReplicas int = 2

@description('The most replicas. More serve availability, not speed.')
@minValue(2)
param maxReplicas int = 4

@description('Whether the bot and its storage outlive the loss of one zone. Not every region has zones.')
param zoneRedundant bool = true

@description('The addresses of the network, a /24 or larger.')
param networkAddresses string = '10.80.0.0/24'

@description('Addresses (IPv4 or CIDR) from which operators reach vault and storage: to put secrets in, to bring a blob back. Empty: nobody does from outside the network.')
param operatorAddresses string[] = []

@description('The https address of the report repository, for a version of the bot that takes one. Empty: a bare repository on a share that the replicas mount.')
param gitRemote string = ''

@description('The https address that others reach, where a domain of your own leads to the bot; empty: the one that Azure gives it.')
param publicUrl string = ''

@description('Whether people reach the bot in Microsoft Teams too.')
param teams bool = false

@description('Of the Azure Bot for Teams: `F0` is free, `S1` has an agreement on how well it serves.')
@allowed(['F0', 'S1'])
param teamsSku string = 'F0'

@description('Further settings by the bot\'s own names, `Reminders:TimeZone` for example. No secrets.')
param settings { *: string } = {}

@description('The secret settings that are in the vault, by the bot\'s own names, `Slack:BotToken` for example; each stands there with `--` in place of `:`.')
param secretSettings string[] = []

@description('Who is told when something is wrong: an e-mail address.')
param alertEmail string

@description('For how many days what was overwritten or deleted can be brought back.')
@minValue(1)
@maxValue(365)
param keepDays int = 14

@description('For how many days logs and traces are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 90

var unique = uniqueString(resourceGroup().id)
var containerName = 'eightd'
var insightsName = '${name}-insights'
var reportsAccount = empty(gitRemote) ? '${name}git${unique}' : ''
var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource images 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = if (!empty(registry)) {
  name: registry
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(registry)) {
  name: guid(images.id, identity.id, acrPull)
  scope: images
  properties: {
    roleDefinitionId: acrPull
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

module network 'network.bicep' = {
  params: {
    name: '${name}-network'
    location: location
    addresses: networkAddresses
  }
}

module storage 'storage.bicep' = {
  params: {
    name: '${name}${unique}'
    location: location
    zoneRedundant: zoneRedundant
    containerName: containerName
    identityName: identity.name
    operatorAddresses: operatorAddresses
    networkId: network.outputs.id
    subnetId: network.outputs.endpointSubnetId
    keepDays: keepDays
  }
}

module vault 'vault.bicep' = {
  params: {
    name: '${name}-${unique}'
    location: location
    identityName: identity.name
    operatorAddresses: operatorAddresses
    networkId: network.outputs.id
    subnetId: network.outputs.endpointSubnetId
  }
}

module reports 'reports.bicep' = if (empty(gitRemote)) {
  params: {
    name: reportsAccount
    location: location
    zoneRedundant: zoneRedundant
    networkId: network.outputs.id
    subnetId: network.outputs.endpointSubnetId
    keepDays: keepDays
  }
}

module watching 'watching.bicep' = {
  params: {
    name: name
    location: location
    insightsName: insightsName
    alertEmail: alertEmail
    logDays: logDays
  }
}

// After the roles: a bot that may not read its storage yet ends its start, and with it this deployment.
module app 'app.bicep' = {
  dependsOn: [pull, reports]
  params: {
    name: name
    location: location
    image: image
    registry: registry
    identityName: identity.name
    minReplicas: minReplicas
    maxReplicas: maxReplicas
    zoneRedundant: zoneRedundant
    subnetId: network.outputs.botSubnetId
    workspaceId: watching.outputs.workspaceId
    insightsName: insightsName
    storageServiceUri: storage.outputs.serviceUri
    storageContainer: containerName
    reportsAccount: reportsAccount
    gitRemote: gitRemote
    publicUrl: publicUrl
    settings: union(teams ? { 'Teams:AppId': identity.properties.clientId, 'Teams:TenantId': subscription().tenantId, 'Teams:Credential': 'ManagedIdentity' } : {}, settings)
    secretSettings: secretSettings
    vaultUri: vault.outputs.uri
  }
}

module teamsBot 'teams.bicep' = if (teams) {
  params: {
    name: name
    identityName: identity.name
    url: empty(publicUrl) ? app.outputs.url : publicUrl
    sku: teamsSku
  }
}

@description('The bot\'s app id in Teams: `--Teams:AppId` of the `manifests` verb.')
output teamsAppId string = teams ? identity.properties.clientId : ''

@description('Where the bot is reached.')
output url string = app.outputs.url

@description('The vault that secrets are put into.')
output vaultName string = '${name}-${unique}'
