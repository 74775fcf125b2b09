// The bot's registration with Azure Bot Service, by the same identity: no password. Teams sends to it what people write.

@description('The registration\'s name, unique in all of Azure.')
param name string

@description('Where the bot is reached: an https address without a slash at its end.')
param url string

@description('The bot\'s identity: its name. Its client id is Teams:AppId.')
param identityName string

@description('The directory of the identity, Teams:TenantId.')
param tenantId string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = { name: identityName }

resource registration 'Microsoft.BotService/botServices@2022-09-15' = {
  name: name
  location: 'global'
  kind: 'azurebot'
  sku: { name: 'F0' } // Teams is a standard channel: free, without a limit
  properties: {
    displayName: '8D Bot'
    endpoint: '${url}/api/messages'
    msaAppType: 'UserAssignedMSI'
    msaAppId: identity.properties.clientId
    msaAppMSIResourceId: identity.id
    msaAppTenantId: tenantId
    disableLocalAuth: true
  }

  resource teams 'channels' = {
    name: 'MsTeamsChannel'
    location: 'global'
    properties: { channelName: 'MsTeamsChannel' }
  }
}
