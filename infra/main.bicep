// 8D Bot in Azure: `az deployment group create -g GROUP -f infra/main.bicep -p infra/prod.bicepparam`. docs/operations.md says what comes before and after.
targetScope = 'resourceGroup'

@description('Begins the name of everything that is made here.')
@minLength(3)
@maxLength(10)
param name string = 'eightd'

@description('Where everything is.')
param location string = resourceGroup().location

@description('The container image, as registry/name:tag, that a build of infra/Dockerfile pushed.')
param image string

@description('The Azure container registry that the image is pulled from, by its name in this resource group; empty: the image is public.')
param registry string = ''

@description('The report repository that all replicas push to (`Git:Remote`).')
param gitRemote string

@description('Settings whose values are secrets in the key vault: the setting in the spelling of environment variables, and the secret\'s name.')
param secrets { setting: string, secret: string }[] = []

@description('Further settings that are no secrets, by their names as environment variables.')
param settings { name: string, value: string }[] = []

@description('Who is written to when messages are stuck.')
param alertAddress string

@description('Addresses (CIDR) from which operators reach the key vault; nobody else does but the bot.')
param operatorAddresses string[] = []

@description('How many replicas serve at least. Two, so that one may end.')
@minValue(2)
param replicas int = 2

@description('Whether everything is spread over three zones; the region must have them.')
param isZoneRedundant bool = true

@description('For how many days removed and overwritten blobs can be had back.')
@minValue(7)
@maxValue(365)
param daysKept int = 30

var tags = { application: '8d-bot' }
var unique = uniqueString(resourceGroup().id, name)

module network 'network.bicep' = {
  params: { name: name, location: location, tags: tags }
}

module identity 'identity.bicep' = {
  params: { name: name, location: location, tags: tags, registry: registry }
}

module storage 'storage.bicep' = {
  params: {
    name: take('${name}${unique}', 24)
    location: location
    tags: tags
    identity: identity.outputs.principal
    subnet: network.outputs.endpoints
    zone: network.outputs.blobZone
    isZoneRedundant: isZoneRedundant
    daysKept: daysKept
  }
}

module vault 'vault.bicep' = {
  params: {
    name: take('${name}-${unique}', 24)
    location: location
    tags: tags
    identity: identity.outputs.principal
    subnet: network.outputs.endpoints
    zone: network.outputs.vaultZone
    operatorAddresses: operatorAddresses
  }
}

module watching 'watching.bicep' = {
  params: { name: name, location: location, tags: tags, alertAddress: alertAddress }
}

module app 'app.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    image: image
    registry: registry
    identity: identity.outputs.id
    client: identity.outputs.client
    subnet: network.outputs.app
    isZoneRedundant: isZoneRedundant
    workspace: watching.outputs.workspace
    insights: watching.outputs.insights
    vault: vault.outputs.address
    secrets: secrets
    replicas: replicas
    settings: concat(settings, [
      { name: 'Storage__Provider', value: 'AzureBlob' }
      { name: 'Storage__ServiceUri', value: storage.outputs.address }
      { name: 'Storage__Container', value: storage.outputs.container }
      { name: 'Git__Remote', value: gitRemote }
    ])
  }
}

@description('The address that Slack and Teams are told.')
output address string = app.outputs.address

@description('Where the secrets go, before the bot is started.')
output vault string = vault.outputs.address
