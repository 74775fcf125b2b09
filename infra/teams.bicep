// The Azure Bot: it brings what people do in Teams to the bot, which shows by its own identity who it is.

@description('Begins the names of all that is made.')
param name string

@description('The bot\'s identity: its client id is the app id.')
param identityName string

@description('The https address that leads to the bot.')
param url string

@description('`F0` is free; `S1` has an agreement on how well it serves.')
@allowed(['F0', 'S1'])
param sku string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-bot'
  location: 'global'
  kind: 'azurebot'
  sku: { name: sku }
  properties: {
    displayName: '8D Bot'
    endpoint: '${url}/api/messages'
    msaAppType: 'UserAssignedMSI'
    msaAppId: identity.properties.clientId
    msaAppMSIResourceId: identity.id
    msaAppTenantId: subscription().tenantId
    disableLocalAuth: true
    schemaTransformationVersion: '1.3'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
      acceptedTerms: true
      deploymentEnvironment: 'CommercialDeployment'
    }
  }
}
