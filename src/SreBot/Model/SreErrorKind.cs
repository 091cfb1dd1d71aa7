namespace SreBot.Model;

/// <summary>Why something could not be done, in the few kinds that callers tell apart.</summary>
internal enum SreErrorKind { Invalid, NotFound, Conflict, Forbidden, Unavailable, TooLarge, Busy }
