using SreBot.Model;

namespace SreBot.Changes;

/// <summary>A change as somebody reports it.</summary>
/// <param name="Kind"><c>deploy</c>, <c>config</c> or <c>flag</c>.</param>
/// <param name="Version">Of a deploy; what was set, of another kind; may be empty there.</param>
internal sealed record ChangeDraft(string Kind, string Service, string Version)
{
    /// <summary>Names the event, so that a report that is repeated counts once; null: its content does.</summary>
    public string? Id { get; init; }

    /// <summary>Null: made of kind, service and version.</summary>
    public string? Title { get; init; }

    /// <summary>Null: whoever reports it.</summary>
    public string? Who { get; init; }

    public string? Link { get; init; }

    /// <summary>Null: now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Null: all that the caller sees.</summary>
    public IReadOnlyList<string>? Projects { get; init; }

    /// <summary>The same without spaces around it and control characters in it.</summary>
    /// <exception cref="SreException">Invalid, saying what is missing, unknown or too long.</exception>
    public ChangeDraft Checked()
    {
        var kind = Kind.Trim().ToLowerInvariant();
        if (kind is not ("deploy" or "config" or "flag"))
            throw new SreException(SreErrorKind.Invalid, $"The kind '{Short(Kind)}' is unknown; use deploy, config or flag.");

        var version = Clean("version", Version, 200) ?? "";
        if (kind == "deploy" && version.Length == 0)
            throw new SreException(SreErrorKind.Invalid, "A deploy needs the version, such as v42.");

        var service = Clean("service", Service, 100) ?? throw new SreException(SreErrorKind.Invalid, "The service is missing; name one, such as checkout.");
        return new ChangeDraft(kind, service, version)
        {
            Id = Clean("id", Id, 200), Title = Clean("title", Title, 300), Who = Clean("who", Who, 100), Link = WebAddress(Clean("link", Link, 1000)), At = At, Projects = Projects,
        };
    }

    private static string? Clean(string field, string? text, int most)
    {
        var clean = string.Concat((text ?? "").Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return clean.Length <= most ? (clean.Length == 0 ? null : clean) : throw new SreException(SreErrorKind.Invalid, $"The {field} is longer than {most:#,0} characters; shorten it.");
    }

    private static string? WebAddress(string? link) => link is null || (Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        ? link : throw new SreException(SreErrorKind.Invalid, $"The link '{Short(link)}' is no web address; it starts with https:// or http://.");

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
