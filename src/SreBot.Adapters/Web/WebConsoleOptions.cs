using System.ComponentModel.DataAnnotations;

namespace SreBot.Adapters.Web;

/// <summary>What the console says and serves; the host sets it.</summary>
public sealed class WebConsoleOptions
{
    /// <summary>The product's name, in the window's title and on the sign-in form.</summary>
    [Required]
    public string Product { get; set; } = "Console";

    /// <summary>The bot's author name; <c>@</c> and this name at the start of a message are taken off before the turn is handed on.</summary>
    [Required]
    public string BotName { get; set; } = "bot";

    /// <summary>A message that starts with <c>/</c> and this word, such as <c>/sre</c> or <c>/sre-list</c>, is a command.</summary>
    [Required]
    public string CommandPrefix { get; set; } = "bot";

    /// <summary>One sentence under the headline of an empty channel.</summary>
    public string Welcome { get; set; } = "";

    /// <summary>Three questions that an empty channel offers to ask with one click.</summary>
    public IReadOnlyList<string> FirstQuestions { get; set; } = [];

    /// <summary>Shown in the empty field where one writes.</summary>
    public string Placeholder { get; set; } = "Ask a question";

    /// <summary>How to get a token; shown on the sign-in form.</summary>
    public string SignInHint { get; set; } = "";

    /// <summary>Files served beside the page's own, by their name below <c>/assets/</c>: <c>echarts.js</c> is needed for charts (an ECharts UMD build);
    /// <c>sans.woff2</c> and <c>mono.woff2</c> (variable fonts) replace the system's letters when they are there.</summary>
    public IDictionary<string, string> AssetFiles { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Time between two looks for messages that another process has stored, 1 to 60 seconds; 4 seconds unless set. Messages of this process come at once.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(4);
}
