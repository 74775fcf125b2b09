// Where the 8Ds are: one container, reached by the bot's identity from inside the network, and by nobody with a key.

@description('The account\'s name: 3 to 24 lower-case letters and digits.')
param name string

@description('The region.')
param location string

@description('Whether it is kept in three zones of the region.')
param zoneRedundant bool

@description('The container.')
param containerName string

@description('The bot\'s identity: its name.')
param identityName string

@description('Addresses from which operators reach it, for a restore; empty: nobody does from outside the network.')
param operatorAddresses string[]

@description('The network: a resource id.')
param networkId string

@description('The subnet of the endpoints: a resource id.')
param subnetId string

@description('For how many days what was overwritten or deleted can be brought back.')
@minValue(1)
@maxValue(365)
param keepDays int

var blobDataContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = { name: identityName }

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: empty(operatorAddresses) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: 'Deny'
      bypass: 'None'
      ipRules: [for address in operatorAddresses: { value: address }]
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      isVersioningEnabled: true
      deleteRetentionPolicy: { enabled: true, days: keepDays }
      containerDeleteRetentionPolicy: { enabled: true, days: keepDays }
    }

    resource container 'containers' = {
      name: containerName
      properties: { publicAccess: 'None' }
    }
  }

  // Every overwriting leaves a version, so versions need an end. What shows that a process lives is overwritten every four seconds and worth nothing afterwards.
  resource ends 'managementPolicies' = {
    name: 'default'
    dependsOn: [blobs]
    properties: {
      policy: {
        rules: [
          {
            name: 'versions'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'] }
              actions: { version: { delete: { daysAfterCreationGreaterThan: keepDays } } }
            }
          }
          {
            name: 'signs-of-life'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['${containerName}/alive/'] }
              actions: { version: { delete: { daysAfterCreationGreaterThan: 1 } } }
            }
          }
        ]
      }
    }
  }
}

// On the container alone. The bot asks for the container to be made at its start; where it is there already, this role on it suffices for that.
resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account::blobs::container.id, identity.id, blobDataContributor)
  scope: account::blobs::container
  properties: {
    roleDefinitionId: blobDataContributor
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

module endpoint 'private-endpoint.bicep' = {
  params: {
    name: '${name}-blob'
    location: location
    serviceId: account.id
    part: 'blob'
    zoneName: 'privatelink.blob.${environment().suffixes.storage}'
    networkId: networkId
    subnetId: subnetId
  }
}

@description('The account\'s blob address.')
output serviceUri string = account.properties.primaryEndpoints.blob
