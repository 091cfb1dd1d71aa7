namespace SreBot.Alerts.Rules;

/// <summary>How a value stands to the threshold when it is a breach.</summary>
internal enum AlertComparator { Greater, GreaterOrEqual, Less, LessOrEqual, Equal, NotEqual, Between, NotBetween }
