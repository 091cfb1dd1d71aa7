namespace SreBot.Alerts.Silences;

/// <summary>Whether a silence comes again.</summary>
internal enum SilenceRepeat { Once, Daily, Weekly }
