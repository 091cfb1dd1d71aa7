using System.Text;
using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>Renders a reply as an Adaptive Card 1.5, the newest version that every Teams client knows, and keeps it under Teams' size.</summary>
internal sealed class TeamsCard(IChartPainter painter, PublicAddress address)
{
    public const string ContentType = "application/vnd.microsoft.card.adaptive";

    /// <summary>Where a button's data keeps the verb and the value.</summary>
    public const string VerbField = "verb";
    public const string ValueField = "value";

    /// <summary>Teams refuses messages of about 100 KB, counted in UTF-16 without pictures (learn.microsoft.com, "Format your bot messages").</summary>
    private const int LargestCardBytes = 80 * 1024;

    /// <summary>A call's whole body, pictures included: what every client took when measured.</summary>
    private const int LargestBodyBytes = 90_000;
    private const int LargestPictureBytes = 1024 * 1024;
    private static readonly Dictionary<ReplyBlock, byte[]> NoPictures = [];

    /// <summary>How much of a reply is shown, from everything to hardly anything; the first that fits is taken.</summary>
    private static readonly TeamsDetail[] Details =
        [new(100, 90, 8_000), new(50, 60, 4_000), new(25, 40, 2_000), new(10, 30, 1_000), new(3, 20, 500), new(0, 10, 200)];

    public JsonObject Render(ChatReply reply)
    {
        foreach (var detail in Details)
        {
            var card = Render(reply, detail, NoPictures);
            if (SizeOf(card) <= LargestCardBytes)
                return WithPictures(reply, detail, card);
        }

        return Card(reply, [TeamsText.Line(Shorten(reply.Summary, 2_000)), TeamsText.Note("The whole answer is too long for Teams.")]);
    }

    /// <summary>In bytes as Teams counts them.</summary>
    public static int SizeOf(JsonObject card) => card.ToJsonString(TeamsJson.Options).Length * sizeof(char);

    /// <summary>Pictures stand in for charts on clients that draw none; they are left out when the body would grow too large.</summary>
    private JsonObject WithPictures(ChatReply reply, TeamsDetail detail, JsonObject plain)
    {
        var pictures = reply.Blocks.Where(block => block is ReplyChart or ReplyBars).Distinct().ToDictionary(block => block, Paint);
        if (pictures.Count == 0 || pictures.Values.Any(png => png.Length > LargestPictureBytes))
            return plain;
        var card = Render(reply, detail, pictures);
        return Encoding.UTF8.GetByteCount(card.ToJsonString(TeamsJson.Options)) <= LargestBodyBytes ? card : plain;
    }

    private byte[] Paint(ReplyBlock block) => block is ReplyBars bars ? painter.PaintPng(bars) : painter.PaintPng((ReplyChart)block);

    private JsonObject Render(ChatReply reply, TeamsDetail detail, Dictionary<ReplyBlock, byte[]> pictures)
    {
        var blocks = reply.Blocks.Count > 0 ? reply.Blocks : [new ReplySection { Paragraphs = [reply.Summary] }];
        return Card(reply, blocks.SelectMany(block => Render(block, detail, pictures)));
    }

    private IEnumerable<JsonObject> Render(ReplyBlock block, TeamsDetail detail, Dictionary<ReplyBlock, byte[]> pictures) => block switch
    {
        ReplySection section => TeamsText.Section(section, detail, address),
        ReplyTable table => TeamsTable.Render(table, detail),
        ReplyChart chart => TeamsChart.Render(chart, detail, pictures.GetValueOrDefault(chart)),
        ReplyBars bars => TeamsBars.Render(bars, pictures.GetValueOrDefault(bars)),
        ReplyButtons buttons => TeamsButtons.Render(buttons, address),
        ReplyForm form => TeamsForm.Render(form),
        ReplyFile file => [TeamsText.Note($"{file.Name} ({Math.Max(1, file.Content.Length / 1024)} KB) cannot be handed over in Teams; the web console has it.")],
        _ => throw new InvalidOperationException($"A {block.GetType().Name} has no form in Teams."),
    };

    private static JsonObject Card(ChatReply reply, IEnumerable<JsonObject> body) => new()
    {
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["type"] = "AdaptiveCard",
        ["version"] = "1.5",
        ["msteams"] = new JsonObject { ["width"] = "Full" },
        ["fallbackText"] = Shorten(reply.Summary, 1_000),
        ["speak"] = Shorten(reply.Summary, 1_000),
        ["body"] = new JsonArray([.. body]),
    };

    private static string Shorten(string text, int most) => TeamsText.Shorten(text, most);
}
