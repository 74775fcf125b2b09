// Where the secrets are. The template names them and never has their values: people put them in (docs/operations.md, "Deploying to Azure").

@description('The vault\'s name: 3 to 24 letters, digits and hyphens.')
param name string

@description('The region.')
param location string

@description('The bot\'s identity: its name.')
param identityName string

@description('Addresses from which operators reach it, to put secrets in; empty: nobody does from outside the network.')
param operatorAddresses string[]

@description('The network: a resource id.')
param networkId string

@description('The subnet of the endpoints: a resource id.')
param subnetId string

var secretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = { name: identityName }

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: empty(operatorAddresses) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: 'Deny'
      bypass: 'None' // Container Apps is no trusted service of Key Vault: it comes through the endpoint
      ipRules: [for address in operatorAddresses: { value: address }]
    }
  }
}

resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, secretsUser)
  scope: vault
  properties: {
    roleDefinitionId: secretsUser
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

module endpoint 'private-endpoint.bicep' = {
  params: {
    name: '${name}-vault'
    location: location
    serviceId: vault.id
    part: 'vault'
    zoneName: 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'
    networkId: networkId
    subnetId: subnetId
  }
}

@description('The vault\'s address, with a slash at its end.')
output uri string = vault.properties.vaultUri
