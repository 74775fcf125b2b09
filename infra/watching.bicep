// Where logs and traces go, and who is told when something is wrong.
//
// The bot's traces and logs reach Application Insights by OTLP (app.bicep); its metrics do not, since Container Apps' agent sends none there. So the alerts on the
// outbox' age and on dead letters stand on the lines of `doctor`, which a job runs every five minutes and which looks at the whole store, not at one process.

@description('Begins the names.')
param name string

@description('The name of the Application Insights.')
param insightsName string

@description('The region.')
param location string

@description('Who is told: an e-mail address.')
param alertEmail string

@description('For how many days logs and traces are kept.')
@minValue(30)
@maxValue(730)
param logDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logDays
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: false // the agent knows no other way to send
  }
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-operators'
  location: 'global'
  properties: {
    groupShortName: take(name, 12)
    enabled: true
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: alertEmail
        useCommonAlertSchema: true
      }
    ]
  }
}

var lines = 'ContainerAppConsoleLogs | where ContainerName == "doctor"'

// `severity` is Azure's: 1 error, 2 warning. The window is wider than the job's interval, so that a late log line is not missed and the alert stays until it is mended.
var alerts = [
  {
    name: 'outbox-age'
    description: 'What people were promised has not been delivered for more than five minutes: no process serves, or Git or a channel is away. See docs/operations.md, line `Deliveries` of doctor.'
    severity: 1
    query: '${lines} | where Log startswith "fail  Deliveries:"'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'dead-letters'
    description: 'Messages or reports were given up. `/8d status` in their conversations says why and has a button that tries again. See docs/operations.md, line `Dead letters` of doctor.'
    severity: 1
    query: '${lines} | where Log startswith "fail  Dead letters:"'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'doctor-red'
    description: 'Another line of doctor is red: storage, an unreadable 8D, Git or a setting. The line says what mends it; beyond that see docs/operations.md.'
    severity: 2
    query: '${lines} | where Log startswith "fail" and not(Log startswith "fail  Deliveries:") and not(Log startswith "fail  Dead letters:")'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'doctor-silent'
    description: 'Doctor has said nothing for half an hour, so the other alerts cannot fire: see the executions of its job.'
    severity: 2
    query: '${lines} | where Log startswith "ok" or Log startswith "fail"'
    operator: 'LessThan'
    threshold: 1
    window: 'PT30M'
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in alerts: {
    name: '${name}-${alert.name}'
    location: location
    kind: 'LogAlert'
    properties: {
      displayName: '8D Bot: ${alert.name}'
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [workspace.id]
      evaluationFrequency: 'PT5M'
      windowSize: alert.window
      autoMitigate: true // told once, and once more when it is well again
      skipQueryValidation: true // a new workspace may not have the table yet
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Count'
            operator: alert.operator
            threshold: alert.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]

@description('Where logs are kept: a resource id.')
output workspaceId string = workspace.id
