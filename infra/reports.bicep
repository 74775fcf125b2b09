// The report repository: a bare Git repository on a file share that every replica mounts, since the bot takes a path for Git:Remote.
// NFS, since an SMB share is mounted by Container Apps with an account key, and there shall be none.

@description('The account\'s name: 3 to 24 lower-case letters and digits.')
param name string

@description('The region.')
param location string

@description('Whether it is kept in three zones of the region.')
param zoneRedundant bool

@description('The network: a resource id.')
param networkId string

@description('The subnet of the endpoints: a resource id.')
param subnetId string

@description('For how many days a deleted share can be brought back.')
@minValue(1)
@maxValue(365)
param keepDays int

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  kind: 'FileStorage'
  sku: { name: zoneRedundant ? 'Premium_ZRS' : 'Premium_LRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: false // a share of NFS cannot be mounted otherwise; nothing outside the network reaches it
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
  }

  resource files 'fileServices' = {
    name: 'default'
    properties: { shareDeleteRetentionPolicy: { enabled: true, days: keepDays } }

    resource share 'shares' = {
      name: 'reports'
      properties: {
        enabledProtocols: 'NFS'
        rootSquash: 'NoRootSquash' // a container that runs as root gives the share to the bot's user before the bot starts
        shareQuota: 100 // GiB, the smallest that is sold
      }
    }
  }
}

module endpoint 'private-endpoint.bicep' = {
  params: {
    name: '${name}-file'
    location: location
    serviceId: account.id
    part: 'file'
    zoneName: 'privatelink.file.${environment().suffixes.storage}'
    networkId: networkId
    subnetId: subnetId
  }
}
