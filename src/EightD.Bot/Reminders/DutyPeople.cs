using EightD.Incidents;
using EightD.Incidents.Reminders;

namespace EightD.Bot.Reminders;

/// <summary>Who those are whom an 8D names.</summary>
/// <param name="ByName">By the names that stand there; null where nobody is known.</param>
/// <param name="Lead">Who leads it; null where nobody of that name is known.</param>
/// <param name="Champion">Its champion; null where it has none, or nobody of that name is known.</param>
internal sealed record DutyPeople(IReadOnlyDictionary<string, Person?> ByName, Person? Lead, Person? Champion)
{
    /// <summary>All of them, each once.</summary>
    public IEnumerable<Person> All => ByName.Values.Append(Lead).Append(Champion).OfType<Person>().DistinctBy(person => person.Id, StringComparer.Ordinal);

    /// <summary>Whose a duty is; null: nobody's who is known.</summary>
    public Person? OwnerOf(Duty duty) => duty.Owner.Length == 0 ? null : ByName.GetValueOrDefault(duty.Owner);

    /// <summary>As whom somebody may be told of a duty, the nearest first.</summary>
    public IEnumerable<Told> RolesOf(Duty duty, Person person)
    {
        if (OwnerOf(duty)?.Id == person.Id) yield return Told.Owner;
        if (duty.HasOwner && OwnerOf(duty)?.Id != person.Id && Lead?.Id == person.Id) yield return Told.Lead;
        if (OwnerOf(duty)?.Id != person.Id && Champion?.Id == person.Id) yield return Told.Champion;
    }

    /// <summary>How it stands with the owner of a duty on a day, and why, where that is known.</summary>
    public (OwnerState State, string? Why) StateOf(Duty duty, Incident incident, WorkspaceSettings workspace, DateOnly day)
    {
        if (OwnerOf(duty) is not { } owner) return (OwnerState.Unknown, null);
        if (workspace.AwayUntil(owner.Id) >= day) return (OwnerState.Away, null);
        return incident.Reminded.FindLast(each => each.Key == duty.Key && each.To == owner.Name) is { Failed: { } why, IsUnsure: false } ? (OwnerState.Unreachable, why) : (OwnerState.There, null);
    }

    /// <summary>Whether nobody can be told of a duty in person: neither its owner, nor the lead.</summary>
    public bool IsStranded(Duty duty, Incident incident, WorkspaceSettings workspace, DateOnly day) =>
        duty.HasOwner && StateOf(duty, incident, workspace, day).State is OwnerState.Unknown or OwnerState.Unreachable
        && (Lead is not { } lead || (OwnerOf(duty)?.Id == lead.Id) || incident.Reminded.FindLast(each => each.Key == duty.Key && each.To == lead.Name) is { Failed: not null, IsUnsure: false });

    /// <summary>As whom somebody is to be told of a duty on a day; null: not at all.</summary>
    public Told? ToldOn(Duty duty, Person person, Incident incident, WorkspaceSettings workspace, ReminderRules rules, DateOnly day)
    {
        var (state, _) = StateOf(duty, incident, workspace, day);
        foreach (var role in RolesOf(duty, person))
        {
            if (DutyReminder.IsOn(duty, role, state, day, rules)) return role;
        }

        return null;
    }
}
