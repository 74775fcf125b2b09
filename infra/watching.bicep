// What an operator sees, and what wakes one. The alerts read the bot's own log: Container Apps hands traces on to Application Insights, but no metrics.
param name string
param location string
param tags { application: string }
param alertAddress string

@description('For how many days logs and traces are kept.')
param daysKept int = 30

var watched = 'ContainerAppConsoleLogs_CL | where ContainerAppName_s == "${name}" | extend line = parse_json(Log_s) | where line.Category == "EightD.Bot.Due.DueSweep"'
var alerts = [
  {
    name: 'outbox-age'
    title: '8D Bot: messages wait'
    description: 'Something that people were promised has not been delivered for more than ten minutes. docs/operations.md, "doctor": Deliveries.'
    query: '${watched} | where todouble(line.State.OldestSeconds) > 600'
    severity: 1
  }
  {
    name: 'dead-letters'
    title: '8D Bot: messages were given up'
    description: 'Something could not be delivered for a day. `/8d status` in its conversation says what and why. docs/operations.md, "doctor": Dead letters.'
    query: '${watched} | where toint(line.State.DeadLetters) > 0'
    severity: 2
  }
  {
    name: 'silent'
    title: '8D Bot: nobody serves'
    description: 'No replica has written a line for a quarter of an hour.'
    query: 'ContainerAppConsoleLogs_CL | where ContainerAppName_s == "${name}" | where TimeGenerated > ago(15m) | summarize lines = count() | where lines == 0'
    severity: 0
  }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: daysKept
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
  }
}

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-operators'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: take(name, 12)
    emailReceivers: [{ name: 'operators', emailAddress: alertAddress, useCommonAlertSchema: true }]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in alerts: {
  name: '${name}-${alert.name}'
  location: location
  tags: tags
  properties: {
    displayName: alert.title
    description: alert.description
    enabled: true
    severity: alert.severity
    scopes: [workspace.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    skipQueryValidation: true // the table is there once the bot has written its first line
    criteria: {
      allOf: [
        {
          query: alert.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [operators.id] }
  }
}]

output workspace string = workspace.name
output insights string = insights.name
