using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Api;

/// <summary>Looks at every part's setup, all at once, and posts a test message where it is told to.</summary>
internal sealed partial class Doctor(IEnumerable<ISetupCheck> checks, IEnumerable<IChatPoster> surfaces, TimeProvider time, ILogger<Doctor> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The lines in the order of the parts' registration.</summary>
    public async Task<IReadOnlyList<DoctorLine>> LookAsync(CancellationToken cancel) =>
        [.. (await Task.WhenAll(checks.Select(check => LookAsync(check, cancel)))).SelectMany(lines => lines)];

    /// <param name="target">As <c>slack:T01/C02</c>.</param>
    /// <exception cref="SreException">Invalid, when it names no channel of a chat that is set up.</exception>
    public async Task<DoctorLine> PostAsync(string target, Guid key, CancellationToken cancel)
    {
        var address = Parse(target);
        var poster = surfaces.FirstOrDefault(surface => surface.Platform == address.Platform)
            ?? throw new SreException(SreErrorKind.Invalid, $"{address.Platform} is not set up; there are {string.Join(", ", surfaces.Select(surface => surface.Platform))}.");
        var outcome = await poster.PostAsync(address, ChatReply.Of("SreBot can post here: this is a test, asked for by an admin."), $"doctor:{key}", cancel);
        return new("Test post", outcome is PostOutcome.Posted ? SetupState.Good : SetupState.Broken, outcome is PostOutcome.Posted ? $"A test message is in {target}." : $"No test message could be posted to {target}.",
            outcome switch { PostOutcome.GaveUp gave => gave.Why, PostOutcome.TryAgain again => again.Why, _ => null });
    }

    private async Task<IEnumerable<DoctorLine>> LookAsync(ISetupCheck check, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return (await check.LookAsync(linked.Token)).Select(line => new DoctorLine(check.Part, line.State, line.Found, line.ToDo));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return [new(check.Part, SetupState.Broken, $"It did not answer within {Patience.TotalSeconds:0} s.", "Check that it can be reached from this machine.")];
        }
        catch (SreException error)
        {
            return [new(check.Part, SetupState.Broken, error.Message, null)];
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(error, check.Part);
            return [new(check.Part, SetupState.Broken, "It could not be looked at: internal error.", "The log says more.")];
        }
    }

    private static ChatAddress Parse(string target)
    {
        try
        {
            return ChatAddress.Parse(target);
        }
        catch (FormatException)
        {
            throw new SreException(SreErrorKind.Invalid, "Name the channel as platform:workspace/channel, for example slack:T01ABC/C02DEF.");
        }
    }

    [LoggerMessage(LogLevel.Error, "The setup of {Part} could not be looked at")]
    private partial void LogFailed(Exception error, string part);
}

/// <summary>One line of the report.</summary>
/// <param name="ToDo">Null when there is nothing to do.</param>
internal sealed record DoctorLine(string Part, SetupState State, string Found, string? ToDo);
