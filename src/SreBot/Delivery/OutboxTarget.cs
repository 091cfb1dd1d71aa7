namespace SreBot.Delivery;

/// <summary>Where rows of one handler go.</summary>
internal sealed record OutboxTarget(long OrganizationId, string Handler, string Target)
{
    public const string Self = "self";

    public static OutboxTarget Of(OutboxItem item) => new(item.OrganizationId, item.Handler, item.Target);
}
