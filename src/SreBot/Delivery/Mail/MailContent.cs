using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Replies;

namespace SreBot.Delivery.Mail;

/// <summary>What a mail says, as HTML, as text, and its charts as pictures beside the HTML, which is what mail programs show.</summary>
internal sealed record MailContent(string Html, string Text, IReadOnlyList<MailPicture> Pictures)
{
    /// <summary>Mail programs take few styles; these are safe everywhere.</summary>
    private const string Style = """
        body{font:15px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;color:#1a1f26;background:#fff;margin:16px;max-width:760px}
        h2{font-size:19px;margin:0 0 12px}h3{font-size:16px;margin:16px 0 6px}p{margin:0 0 10px}.note{color:#5b6570;font-size:13px}
        table{border-collapse:collapse;margin:0 0 12px}th,td{border-bottom:1px solid #d9dee4;padding:4px 10px;text-align:left}.num{text-align:right}
        img{max-width:100%;height:auto}code{font-family:Consolas,Menlo,monospace}
        """;

    /// <param name="key">Names the pictures, with the domain.</param>
    /// <param name="paint">A chart as PNG; null where this build cannot paint: its words stand instead.</param>
    public static MailContent Of(NotifyPayload payload, NotifyFacts facts, PublicAddress links, string key, string domain, Func<ReplyBlock, byte[]?> paint)
    {
        var title = payload.Change?.Summary ?? payload.Message.Summary;
        var blocks = ReplyLinks.Map(new ChatReply { Summary = "", Blocks = [.. Beyond(payload.Change, title), .. Beyond(payload.Message, title), .. After(facts)] }, links.Complete).Blocks;
        var html = new Html().Raw($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><style>{Style}</style>").Element("title", title).Raw("</head>\n<body>\n").Element("h2", title);
        var pictures = new List<MailPicture>();
        foreach (var block in blocks)
        {
            if (block is ReplyChart or ReplyBars && paint(block) is { } png)
            {
                pictures.Add(new($"chart{pictures.Count + 1}.{key}@{domain}", png));
                html.Raw($"<p><img width=\"600\" src=\"cid:{pictures[^1].Id}\" alt=\"").Text(Alternative(block)).Raw("\"></p>\n");
            }
            else if (block is ReplyChart or ReplyBars)
            {
                html.Element("p", Alternative(block), "class=\"note\"");
            }
            else
            {
                ReplyHtml.Write(html, new ChatReply { Summary = "", Blocks = [block] });
                html.Raw("\n");
            }
        }

        return new(html.Raw("</body></html>\n").ToString(), MailPlain.Write(title, blocks), pictures);
    }

    /// <summary>A reply that is no more than the title is not said twice.</summary>
    private static IReadOnlyList<ReplyBlock> Beyond(ChatReply? reply, string title) =>
        reply is null || reply.Blocks is [ReplySection { Title: null, Bullets.Count: 0, Paragraphs: [var only] }] && only.ToString() == title ? [] : reply.Blocks;

    /// <summary>Buttons do not work in a mail: the pages that they lead to are links.</summary>
    private static IEnumerable<ReplyBlock> After(NotifyFacts facts)
    {
        var runs = new (string Text, string? Address)[] { ("Open in SreBot", facts.Page), ("Runbook", facts.RunbookUrl), ("Ticket", facts.TicketUrl) }
            .Where(link => link.Address is { Length: > 0 }).SelectMany(link => new[] { " · ", ReplyRun.Link(link.Text, link.Address!) }).Skip(1).ToArray();
        return runs.Length == 0 ? [] : [new ReplySection { Paragraphs = [ReplyText.Of(runs)] }];
    }

    private static string Alternative(ReplyBlock block) => block is ReplyChart chart ? chart.AlternativeText : ((ReplyBars)block).AlternativeText;
}
