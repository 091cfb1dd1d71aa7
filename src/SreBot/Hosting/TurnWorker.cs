using SreBot.Adapters.Chat;

namespace SreBot.Hosting;

/// <summary>Answers one stored turn and posts the answer under the turn's key, so that a turn worked twice is answered once.</summary>
internal sealed partial class TurnWorker(IEnumerable<IChatPoster> posters, TurnAnswers answers, TimeProvider time, ILogger<TurnWorker> logger)
{
    private const int MostAttempts = 10;
    private const int PostsAtOnce = 4;
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(5);

    /// <returns>True when nothing is left to do; false: later, when the lease has run out.</returns>
    public async Task<bool> WorkAsync(StoredTurn stored, CancellationToken cancel)
    {
        var turn = TurnRouter.Asked(stored.Turn) ?? stored.Turn;
        if (turn.Kind == ChatTurnKind.Installed)
        {
            return true;
        }

        if (posters.FirstOrDefault(poster => poster.Platform == turn.Address.Platform) is not { } poster)
        {
            LogNoPoster(turn.Address.Platform, turn.EventId);
            return true;
        }

        var key = $"answer:{turn.EventId}";
        if (stored.Attempt > 1 && await poster.FindAsync(turn.Address, key, turn.At - LookBack, cancel) is not null)
        {
            return true;
        }

        var stream = poster.OpenStream(turn);
        var reply = await answers.AnswerAsync(turn, stream is null ? new PosterProgress(poster, turn.Address, cancel) : new StreamProgress(stream, cancel), cancel);
        return await PostAsync(poster, stream, turn, reply, key, cancel) || GaveUp(stored);
    }

    private async Task<bool> PostAsync(IChatPoster poster, IChatStream? stream, ChatTurn turn, ChatReply reply, string key, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= PostsAtOnce; attempt++)
        {
            var outcome = stream is not null ? await stream.FinishAsync(reply, key, cancel)
                : reply.IsPrivate ? await poster.PostPrivateAsync(turn.Address, turn.User, reply, key, cancel)
                : await poster.PostAsync(turn.Address, reply, key, cancel);
            switch (outcome)
            {
                case PostOutcome.Posted:
                    return true;
                case PostOutcome.GaveUp gaveUp when stream is null && !reply.IsPrivate:
                    LogPrivately(turn.EventId, gaveUp.Why); // asked by a command or a menu, where the bot is no member
                    reply = reply with { IsPrivate = true };
                    break;
                case PostOutcome.GaveUp gaveUp:
                    LogGaveUp(turn.EventId, gaveUp.Why);
                    return true;
                case PostOutcome.TryAgain again:
                    LogTryAgain(turn.EventId, again.Why);
                    await Task.Delay(again.After ?? TimeSpan.FromSeconds(attempt), time, cancel);
                    if (again.IsUncertain && await poster.FindAsync(turn.Address, key, turn.At - LookBack, cancel) is not null)
                    {
                        return true;
                    }

                    break;
            }
        }

        return false;
    }

    private bool GaveUp(StoredTurn stored)
    {
        if (stored.Attempt < MostAttempts)
        {
            return false;
        }

        LogGaveUp(stored.Turn.EventId, $"{stored.Attempt} attempts failed");
        return true;
    }

    [LoggerMessage(LogLevel.Error, "No adapter posts to {Platform}; turn {Turn} stays unanswered")]
    private partial void LogNoPoster(string platform, string turn);

    [LoggerMessage(LogLevel.Error, "The answer to {Turn} could not be posted: {Why}")]
    private partial void LogGaveUp(string turn, string why);

    [LoggerMessage(LogLevel.Information, "The answer to {Turn} goes to the person alone: {Why}")]
    private partial void LogPrivately(string turn, string why);

    [LoggerMessage(LogLevel.Warning, "The answer to {Turn} is posted again: {Why}")]
    private partial void LogTryAgain(string turn, string why);
}
