// The network: a subnet for the bot, and one for the endpoints of what it uses.

@description('The network\'s name.')
param name string

@description('The region.')
param location string

@description('Its addresses, a /24 or larger; whatever does not collide with networks it will be joined with.')
param addresses string

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: name
  location: location
  properties: {
    addressSpace: { addressPrefixes: [addresses] }
    subnets: [
      {
        name: 'bot'
        properties: {
          addressPrefix: cidrSubnet(addresses, 26, 0)
          delegations: [
            {
              name: 'environments'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: cidrSubnet(addresses, 26, 1) }
      }
    ]
  }

  resource bot 'subnets' existing = { name: 'bot' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

@description('The network: a resource id.')
output id string = network.id

@description('The bot\'s subnet: a resource id.')
output botSubnetId string = network::bot.id

@description('The subnet of the endpoints: a resource id.')
output endpointSubnetId string = network::endpoints.id
