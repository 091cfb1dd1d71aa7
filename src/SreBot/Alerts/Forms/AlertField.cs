namespace SreBot.Alerts.Forms;

/// <summary>The names of the form's fields.</summary>
internal static class AlertField
{
    public const string Measure = "measure";
    public const string Comparator = "comparator";
    public const string Threshold = "threshold";
    public const string Window = "window";
    public const string Projects = "projects";
    public const string Notify = "notify";
    public const string Severity = "severity";
    public const string Name = "name";
    public const string Lasting = "lasting";
    public const string Where = "where";
    public const string By = "by";
    public const string More = "more";
}
