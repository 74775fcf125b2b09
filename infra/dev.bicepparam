using 'main.bicep'

param name = 'eightd-dev'
param image = readEnvironmentVariable('EIGHTD_IMAGE', 'eightd.example.com/8d-bot:1.0')
param gitRemote = readEnvironmentVariable('EIGHTD_GIT_REMOTE', 'https://git.example.com/reliability/8d-reports-dev.git')
param alertAddress = readEnvironmentVariable('EIGHTD_ALERT_ADDRESS', 'on-call@example.com')
param isZoneRedundant = false
param daysKept = 7
