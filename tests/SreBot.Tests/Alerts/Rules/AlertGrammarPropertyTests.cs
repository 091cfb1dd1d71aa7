using System.Diagnostics.CodeAnalysis;
using SreBot.Alerts.Rules;
using SreBot.Model;

namespace SreBot.Tests.Alerts.Rules;

[SuppressMessage("Security", "CA5394", Justification = "Random rules from a seed.")]
public sealed class AlertGrammarPropertyTests
{
    private static readonly AlertDefaults Defaults = new(RandomRules.Projects, [], "slack:T01/C02")
    {
        Rules = [Named("errors"), Named("too many errors"), Named("latency max >= 20 ms in Project_1, Project_2")],
        Now = new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero),
    };

    private static readonly string[] Commands =
    [
        "create latency max >= 20 ms over 5m in Project_1",
        "create error_rate > 5% over 10m for 2m cooldown 10m recovery 3% min 20 in Project_1, Project_2 where server_id = Server_9 and platform = web by region severity critical notify #here, ops@example.org escalate after 15m to #here, 1h to sms:+491701234567 repeat every 30m no_data state error hold insufficient clear max_hold 30m vanish after 3 resolve runbook https://wiki.example/a as \"errors\"",
        "create burn_rate > 14.4 over 1h and 5m objective 99.9% in Project_1 as burn", "create slo 99.9% in Project_1 by endpoint notify #here",
        "edit errors threshold > 7% for 5m", "edit errors latency p95 between 5 and 9 rename \"slow\"", "list triggered in Project_1", "show too many errors", "history errors", "why errors at 03:12", "test errors send",
        "backtest errors 7d", "suggest errors 7d", "mute too many errors 2h because \"new disk\"", "unmute errors", "silence Project_1 where server_id = Server_9 for 2h because \"new disk\"",
        "silence Project_1 from 22:00 to 23:00 UTC", "maintenance Project_1 every sunday 02:00 to 04:00 Europe/Berlin", "silences", "unsilence 3", "subscribe me to errors by email ana@example.org",
        "unsubscribe me from errors", "ack errors", "snooze errors 2h", "enable errors", "disable errors", "delete errors", "show latency max >= 20 ms in Project_1, Project_2",
    ];

    private static readonly string[] Junk = ["x", "5", "%", "=", ",", "\"", "''", ">", "-1", "99999999999999999999", "1e999", "\\", "#", "<#C1|a>", "https://", "ünïcode", "and", "for", "none", "(", "[a-z", "{0}", "2026-13-45", "25:61", "every", "@", "a@b.c", "+1", "…", "“", "'"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_a_rule_says_of_itself_is_read_back_as_the_same_rule(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 1000; i++)
        {
            var rule = RandomRules.Next(random);

            var read = ((AlertCommand.Create)AlertGrammar.Parse(AlertText.Command(rule), Defaults)).Rule;

            Assert.Equal(RandomRules.Text(rule), RandomRules.Text(read));
        }
    }

    [Fact]
    public void A_command_with_one_damaged_word_is_read_or_answered_in_one_sentence()
    {
        var random = new Random(7);
        var (refused, mended) = (0, 0);
        foreach (var damaged in Commands.SelectMany(command => Damaged(command, random)))
        {
            try
            {
                AlertGrammar.Parse(damaged, Defaults);
            }
            catch (SreException error)
            {
                refused++;
                Assert.InRange(error.Message.Length, 20, 1500);
                Assert.DoesNotContain('\n', error.Message);
                Assert.DoesNotContain("Exception", error.Message, StringComparison.Ordinal);
                if (error.Message.IndexOf("did you mean: alert ", StringComparison.Ordinal) is >= 0 and var at)
                {
                    mended++;
                    AlertGrammar.Parse(error.Message[(at + "did you mean: alert ".Length)..], Defaults); // what is proposed can be said
                }
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{refused} refused, {mended} of them with a command to say instead");
        Assert.InRange(refused, 2000, int.MaxValue);
        Assert.InRange((double)mended / refused, 0.3, 1);
    }

    [Fact]
    public void A_mistyped_word_of_the_grammar_is_mended_to_the_command_that_was_meant()
    {
        var wanted = AlertText.Command(((AlertCommand.Create)AlertGrammar.Parse(Commands[0], Defaults)).Rule);
        foreach (var (word, typed) in new[] { ("create", "creaet"), ("latency", "latancy"), ("max", "mx"), ("over", "ovr"), ("Project_1", "Project1"), ("Project_1", "projct_1"), ("5m", "5"), ("20 ms", "20 mss"), ("in", "inn") })
        {
            var error = Assert.Throws<SreException>(() => AlertGrammar.Parse(Commands[0].Replace(word, typed, StringComparison.Ordinal), Defaults));

            var proposed = error.Message[(error.Message.IndexOf("did you mean: alert ", StringComparison.Ordinal) + "did you mean: alert ".Length)..];
            Assert.Equal(wanted, AlertText.Command(((AlertCommand.Create)AlertGrammar.Parse(proposed, Defaults)).Rule));
        }
    }

    /// <summary>Each word left out, doubled, put in another place, torn, mistyped, and replaced by junk.</summary>
    private static IEnumerable<string> Damaged(string command, Random random)
    {
        var words = command.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            yield return Join(words[..i], words[(i + 1)..]);
            yield return Join(words[..i], [words[i], words[i]], words[(i + 1)..]);
            var at = random.Next(words[i].Length);
            yield return Join(words[..i], [words[i].Remove(at, 1)], words[(i + 1)..]);
            yield return Join(words[..i], [words[i].Insert(at, "q")], words[(i + 1)..]);
            yield return Join(words[..i], [words[i].Insert(at, " ")], words[(i + 1)..]);
            if (i + 1 < words.Length)
                yield return Join(words[..i], [words[i + 1], words[i]], words[(i + 2)..]);
            foreach (var junk in Junk)
            {
                yield return Join(words[..i], [junk], words[(i + 1)..]);
            }
        }
    }

    private static string Join(params string[][] parts) => string.Join(' ', parts.SelectMany(part => part).Where(word => word.Length > 0));

    private static AlertRule Named(string name) => ((AlertCommand.Create)AlertGrammar.Parse("create error_rate > 5%", new AlertDefaults(RandomRules.Projects, [], null))).Rule with { Name = name, Id = Guid.NewGuid() };
}
