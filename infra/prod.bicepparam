using 'main.bicep'

// Yours, all three: the registry in this resource group, the image in it, who is told.
param registry = 'eightdregistry'
param image = 'eightdregistry.azurecr.io/eightd-bot:1.0.0'
param alertEmail = 'operators@example.com'

param minReplicas = 2
param zoneRedundant = true
param keepDays = 14
param logDays = 90
