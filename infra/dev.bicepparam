using 'main.bicep'

// Yours, all three: the registry in this resource group, the image in it, who is told.
param registry = 'eightdregistry'
param image = 'eightdregistry.azurecr.io/eightd-bot:dev'
param alertEmail = 'operators@example.com'

// As private as prod, and cheaper: in one zone, and a shorter memory.
param name = 'eightdev'
param maxReplicas = 2
param zoneRedundant = false
param keepDays = 7
param logDays = 30
