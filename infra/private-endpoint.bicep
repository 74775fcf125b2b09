// One service's address inside the network: an endpoint, and the name that finds it there.

@description('The endpoint\'s name.')
param name string

@description('The region.')
param location string

@description('The service: a resource id.')
param serviceId string

@description('The part of the service, as Azure names it: blob, file or vault.')
@allowed(['blob', 'file', 'vault'])
param part string

@description('The private DNS zone of that part.')
param zoneName string

@description('The network: a resource id.')
param networkId string

@description('The subnet of the endpoints: a resource id.')
param subnetId string

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: zoneName
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: 'bot'
    location: 'global'
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: networkId }
    }
  }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-07-01' = {
  name: name
  location: location
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: part
        properties: {
          privateLinkServiceId: serviceId
          groupIds: [part]
        }
      }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: part
          properties: { privateDnsZoneId: zone.id }
        }
      ]
    }
  }
}
