namespace SreBot.Benchmarks.Chaos;

/// <summary>Telemetry that is known before it is sent: every minute of every server, with the minutes in which something is wrong there.</summary>
internal sealed class ChaosPlan
{
    /// <summary>Minutes at the start in which nothing is wrong: those that pass before the rules are there, and those that their windows reach back to.</summary>
    public const int Calm = 16;

    /// <summary>Parts of a minute that are sent one after the other. The first holds nothing before its sixth second, so that it proves the minute before complete.</summary>
    public const int Slices = 6;

    /// <summary>Episodes that a channel may see begin in one tick: fewer than a storm has.</summary>
    private const int MostAtOnce = 8;

    private const int Servers = 4;

    private readonly Dictionary<(string Project, string Server, Fault What), int[]> faults = [];
    private readonly int seed;

    private ChaosPlan(int seed, int attempt, DateTimeOffset start, int minutes, double density)
    {
        (this.seed, Start, Minutes) = (seed, start, minutes);
        var random = new Random(HashCode(seed, attempt));
        foreach (var project in ChaosRules.Projects)
        {
            foreach (var server in Enumerable.Range(1, Servers).Select(number => $"Server_{number}"))
            {
                foreach (var what in Enum.GetValues<Fault>())
                {
                    faults[(project, server, what)] = Draw(random, minutes, density);
                }
            }
        }
    }

    /// <summary>What can be wrong with a server; the level of <see cref="Hot"/> is 1 between its rule's thresholds, 2 past both.</summary>
    private enum Fault { Slow, Failing, Hot, Costly, Quiet }

    public DateTimeOffset Start { get; }

    public int Minutes { get; }

    /// <summary>The last tick that the telemetry proves.</summary>
    public DateTimeOffset End => Start.AddMinutes(Minutes);

    /// <summary>The first plan of the seed whose episodes never come in a storm.</summary>
    public static ChaosPlan Of(int seed, DateTimeOffset start, int minutes)
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var plan = new ChaosPlan(seed, attempt, start, minutes, density: 0.1 / (1 + (attempt / 50.0)));
            if (ChaosTruth.Of(plan).Episodes.GroupBy(episode => (episode.Rule.Targets[0], episode.TriggeredAt)).All(group => group.Count() <= MostAtOnce))
                return plan;
        }

        throw new InvalidOperationException($"Seed {seed} makes no plan without storms.");
    }

    public IEnumerable<ChaosRequest> Minute(int minute) => Enumerable.Range(0, Slices).SelectMany(slice => Slice(minute, slice));

    /// <summary>What one slice of a minute brings, from all servers.</summary>
    public IEnumerable<ChaosRequest> Slice(int minute, int slice)
    {
        foreach (var project in ChaosRules.Projects)
        {
            for (var number = 1; number <= Servers; number++)
            {
                var server = $"Server_{number}";
                if (!Is(Fault.Quiet, project, server, minute) || slice == 0)
                    yield return Request(project, server, minute, slice);
            }
        }
    }

    private ChaosRequest Request(string project, string server, int minute, int slice)
    {
        var number = server[^1] - '0';
        var at = Start.AddMinutes(minute).AddSeconds((slice * 10) + 6).AddMilliseconds((number * 200) + (project[^1] * 10 % 100));
        return new ChaosRequest($"c{seed}-{minute}-{slice}-{project}-{number}", at, project, server,
            Is(Fault.Failing, project, server, minute) && slice % 2 == 0 ? 500 : 200,
            Is(Fault.Slow, project, server, minute) ? 400 + (number * 10) + slice : 40 + slice,
            Is(Fault.Costly, project, server, minute) ? 1.25 : 0.125,
            Level(Fault.Hot, project, server, minute) switch { 2 => 95, 1 => 80, _ => 30 });
    }

    private bool Is(Fault what, string project, string server, int minute) => Level(what, project, server, minute) > 0;

    /// <summary>Traffic falls in a whole project, and in one alone: elsewhere groups would come and go.</summary>
    private int Level(Fault what, string project, string server, int minute) => (what, project) switch
    {
        _ when minute < 0 || minute >= Minutes => 0,
        (Fault.Quiet, not "Project_3") => 0,
        (Fault.Quiet, _) => faults[(project, "Server_1", what)][minute],
        _ => faults[(project, server, what)][minute],
    };

    /// <summary>Runs of 1 to 3 minutes, with good ones between.</summary>
    private static int[] Draw(Random random, int minutes, double density)
    {
        var levels = new int[minutes];
        for (var minute = Calm; minute < minutes; minute++)
        {
            if (random.NextDouble() >= density)
                continue;

            for (var end = Math.Min(minutes, minute + random.Next(1, 4)); minute < end; minute++)
            {
                levels[minute] = random.Next(1, 3);
            }
        }

        return levels;
    }

    /// <summary>The same in every process.</summary>
    private static int HashCode(int seed, int attempt) => unchecked((seed * 1_000_003) + attempt);
}
