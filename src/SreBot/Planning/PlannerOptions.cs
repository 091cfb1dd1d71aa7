using System.ComponentModel.DataAnnotations;

namespace SreBot.Planning;

/// <summary>Settings <c>Planner:*</c>.</summary>
internal sealed class PlannerOptions
{
    /// <summary>Base address of an OpenAI-compatible server, such as <c>http://127.0.0.1:11434/v1</c>. Empty: questions are answered without a model.</summary>
    [Url]
    public string? Endpoint { get; set; }

    /// <summary>The model's name there; needed with <see cref="Endpoint"/>.</summary>
    [StringLength(200)]
    public string? Model { get; set; }

    /// <summary>Empty for a server that asks for none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>For a whole answer, 5 seconds to 20 minutes; 1 minute unless set. The model gets three quarters of it.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:20:00")]
    public TimeSpan TurnTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a model may be asked within one answer, 1 to 20; 8 unless set.</summary>
    [Range(1, 20)]
    public int MaxRounds { get; set; } = 8;

    /// <summary>How many tools it may call within one answer, 1 to 50; 16 unless set.</summary>
    [Range(1, 50)]
    public int MaxCalls { get; set; } = 16;

    public bool HasModel => !string.IsNullOrWhiteSpace(Endpoint) && !string.IsNullOrWhiteSpace(Model);
}
