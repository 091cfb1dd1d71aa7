namespace SreBot.Model;

/// <summary>A person or a token, with what they may see.</summary>
/// <param name="OrganizationSlug">Short name of the organization, such as <c>demo</c>.</param>
internal sealed record Principal(Guid Id, string Name, string OrganizationSlug, AccessScope Scope);
