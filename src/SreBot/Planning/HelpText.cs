namespace SreBot.Planning;

/// <summary>What SreBot says of itself.</summary>
internal static class HelpText
{
    public const string Capabilities = """
        I find out why things are slow or failing, from the recorded requests. Ask for example:
        - why is INC-1 slow?
        - what is wrong with Server_9 since 14:00?
        - which server has the highest latency?
        - p95 of Server_9 yesterday
        - compare errors of the last hour with yesterday
        - why is checkout slow since the last deploy?
        - what changed around 14:10?
        - top services by error rate
        - which server's CPU swings most?
        - recent incidents, list alerts, ack INC-1
        - alert create latency max >= 20 ms over 5m
        - deploy checkout v42, note restarted Server_9, export
        """;

    public const string Unknown = """
        I did not understand that. I answer questions about incidents, servers, projects and their metrics, for example:
        - why is INC-1 slow?
        - which server has the highest latency?
        - p95 of Server_9 yesterday
        """;

    public const string Welcome = "You are welcome. Ask again any time, for example: which server has the highest latency?";

    public const string NotMine = """
        That I do not know or do: I read requests, servers, incidents, alerts and deploys, and change nothing but incidents and alerts. What I can tell you is for example:
        - recent incidents
        - why is INC-1 slow?
        - what changed in the last hour?
        - who is affected by INC-1?
        """;

    public const string CreateAlert = "Write the alert as a command, for example: alert create latency max >= 20 ms over 5m; I show it to you before it is set.";
}
