using SreBot.Model;

namespace SreBot.Access;

/// <summary>The tutorial's headers and session variables. They narrow what the token allows, and never widen it.</summary>
internal static class HasuraNarrowing
{
    public const string RoleName = "X-Hasura-Role";
    public const string ProjectName = "X-Hasura-Project-Id";

    /// <param name="role"><c>viewer</c>, <c>sre</c> or <c>admin</c>; null: the token's own.</param>
    /// <param name="projects">One project, or several with commas; null: the token's own.</param>
    /// <exception cref="SreException">Forbidden, for a role that the token does not hold.</exception>
    public static AccessScope Narrow(AccessScope scope, string? role, string? projects)
    {
        if (!string.IsNullOrEmpty(role))
        {
            scope = Enum.TryParse<Role>(role, ignoreCase: true, out var wanted) && Enum.IsDefined(wanted) && !char.IsAsciiDigit(role[0]) && wanted <= scope.Role
                ? scope with { Role = wanted }
                : throw new SreException(SreErrorKind.Forbidden, $"The token does not hold the role that {RoleName} asks for; leave the header out, or use {scope.Role.ToString().ToLowerInvariant()}.");
        }

        return string.IsNullOrEmpty(projects)
            ? scope
            : scope.CutTo(projects.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }
}
