namespace EightD.Incidents.Cards;

/// <summary>The messages that are drawn from the state.</summary>
public static class IncidentCard
{
    /// <summary>The one card of an 8D.</summary>
    public static Message Draw(Incident incident, DateTimeOffset now) => throw new NotImplementedException();

    /// <summary>The finished report, its Markdown as the card's body.</summary>
    public static Message DrawReport(Incident incident) => throw new NotImplementedException();
}
