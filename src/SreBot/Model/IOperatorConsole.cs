namespace SreBot.Model;

/// <summary>Where the person who started SreBot reads; apart from the log.</summary>
internal interface IOperatorConsole
{
    void Say(string line);
}
