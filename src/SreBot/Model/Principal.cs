namespace SreBot.Model;

/// <summary>A person or a token, with what they may see.</summary>
/// <param name="OrganizationSlug">Short name of the organization, such as <c>demo</c>; the console's workspace.</param>
internal sealed record Principal(Guid Id, string Name, string OrganizationSlug, AccessScope Scope)
{
    public string OrganizationName { get; init; } = OrganizationSlug;

    /// <summary>Of the demo organization.</summary>
    public bool IsDemo { get; init; }
}
