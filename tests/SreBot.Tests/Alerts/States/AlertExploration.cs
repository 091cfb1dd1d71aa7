using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Benchmarks.AlertScenarios;

namespace SreBot.Tests.Alerts.States;

/// <summary>Every sequence of verdicts up to a length, checked at each step. Sequences that have come to the same state and the same story are followed once from there: what comes after is the same.</summary>
internal static class AlertExploration
{
    /// <param name="letters">As <see cref="AlertLetters.Read"/> knows them; with an <c>s</c> behind: while silenced.</param>
    /// <returns>The first sequence that breaks a promise, and which; null when none does.</returns>
    public static string? Failure(AlertMachine machine, AlertRule rule, IReadOnlyList<string> letters, int length)
    {
        var moves = letters.Select(letter => (Word: letter, Letter: letter.TrimEnd('s'), IsSilenced: letter.EndsWith('s'))).ToList();
        var reached = new Dictionary<(AlertState, AlertStory), string> { [(AlertState.New(AlertLetters.Start.AddMinutes(-1)), new AlertStory())] = "" };
        for (var minute = 0; minute < length; minute++)
        {
            var next = new Dictionary<(AlertState, AlertStory), string>();
            foreach (var ((state, story), path) in reached)
            {
                foreach (var (word, letter, isSilenced) in moves)
                {
                    var (verdict, value) = AlertLetters.Read(rule, letter);
                    var (after, transition, notice) = machine.Take(rule, state, verdict, value, AlertLetters.Start.AddMinutes(minute), isSilenced);
                    var told = story.After(rule, letter);
                    if (AlertPromises.Broken(rule, story, told, letter, isSilenced, state, after, transition, notice) is { } promise)
                    {
                        return $"{path} {word}: {promise}";
                    }

                    var key = (after with { Value = null }, Tell(told, story, notice));
                    if (!next.ContainsKey(key))
                    {
                        next[key] = $"{path} {word}";
                    }
                }
            }

            reached = next;
        }

        return null;
    }

    private static AlertStory Tell(AlertStory story, AlertStory before, AlertNotice notice)
    {
        var isMissingTold = story.Own is not null && (notice == AlertNotice.Missing || (before.IsMissingTold && before.Own == story.Own));
        return story with
        {
            IsTold = story.IsOpen && (before.IsTold || notice == AlertNotice.Opened),
            IsMissingTold = isMissingTold,
            SinceTold = notice is AlertNotice.Opened or AlertNotice.Repeated || (notice == AlertNotice.Missing && isMissingTold) ? 0 : before.SinceTold + 1,
        };
    }
}
