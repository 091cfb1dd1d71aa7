namespace SreBot.Incidents;

/// <summary>What a person typed after <c>incident</c>.</summary>
internal abstract record IncidentCommand
{
    private IncidentCommand() { }

    public sealed record List(IncidentFilter Filter) : IncidentCommand;

    public sealed record Show(long Id) : IncidentCommand;

    public sealed record Do(long Id, IncidentAct Act) : IncidentCommand;
}
