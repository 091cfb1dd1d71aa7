namespace SreBot.Tests.Delivery;

/// <summary>A mail as another's parser read it.</summary>
internal sealed record ArrivedMail(string From, string To, string Sender, string Recipient, string Subject, string Text, string Html, string Id, string Answers, string[] References,
    string[] Headers, bool IsSecure, string User, string[] Faults, ArrivedPicture[] Pictures);

/// <summary>A picture in a mail.</summary>
internal sealed record ArrivedPicture(string Id, string Type, bool IsPng);
