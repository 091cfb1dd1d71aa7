namespace SreBot.Access;

/// <summary>Settings <c>Access:*</c>.</summary>
internal sealed class AccessOptions
{
    /// <summary>Everyone in a linked channel may read what the channel sees, without being admitted; off unless set.</summary>
    public bool ChannelMembersRead { get; set; }
}
