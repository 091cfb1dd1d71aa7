using System.Security.Cryptography;
using System.Text;

namespace SreBot.Access;

/// <summary>The token of this process, new at each start: whoever may read the data folder's file acts as the admin of the organization in use.</summary>
internal sealed class LocalToken
{
    public string Value { get; } = AccessToken.New();

    public bool Is(string token) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Value));
}
