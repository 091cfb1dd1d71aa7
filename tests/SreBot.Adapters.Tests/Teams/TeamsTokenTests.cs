using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Teams;

namespace SreBot.Adapters.Tests.Teams;

public sealed class TeamsTokenTests : IAsyncLifetime, IDisposable
{
    private const string Service = "https://smba.trafficmanager.net/emea/";

    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly TokenMint mint = new();
    private readonly FrozenTime time = new(Now);
    private LoginServer login = null!;
    private HttpMessageHandler handler = null!;

    public async ValueTask InitializeAsync()
    {
        login = await LoginServer.StartAsync(TestContext.Current.CancellationToken);
        login.BotKeys = mint.BotKeys;
        login.EntraKeys = mint.EntraKeys;
        handler = TestCertificate.TrustOnly(login.Certificate);
    }

    public async ValueTask DisposeAsync()
    {
        await login.DisposeAsync();
        Dispose();
    }

    public void Dispose()
    {
        handler?.Dispose();
        mint.Dispose();
    }

    [Fact]
    public async Task Every_case_of_the_table_is_judged_as_wanted_with_the_emulator_setting_off_and_on()
    {
        var cases = Cases().ToList();

        foreach (var isOn in new[] { false, true })
        {
            using var tokens = Tokens(isOn);
            foreach (var (name, want, authorization, activity) in cases)
                Assert.True(Fits(want, isOn, await AcceptsAsync(tokens, authorization, activity)), $"{name} (emulator {(isOn ? "on" : "off")}) should be: {want}");
        }
    }

    [Fact]
    public async Task Every_outside_case_is_judged_as_wanted_with_the_emulator_setting_off_and_on()
    {
        var table = OutsideCases.Read("teams-tokens.json");
        login.BotKeys = JsonObject.Create(table.GetProperty("jwksBotFramework"))!;
        login.EntraKeys = JsonObject.Create(table.GetProperty("jwksEntra"))!;
        time.Advance(DateTimeOffset.FromUnixTimeSeconds(table.GetProperty("now").GetInt64()) - time.GetUtcNow());

        foreach (var isOn in new[] { false, true })
        {
            using var tokens = Tokens(isOn, table.GetProperty("appId").GetString()!, table.GetProperty("tenantId").GetString()!);
            foreach (var item in table.GetProperty("cases").EnumerateArray())
            {
                var authorization = item.TryGetProperty("authorization", out var header) ? header.GetString() : null;
                var accepted = await AcceptsAsync(tokens, authorization, new TeamsActivity(item.GetProperty("activity")));
                Assert.True(Fits(item.GetProperty("want").GetString()!, isOn, accepted), $"{item.GetProperty("name")} (emulator {(isOn ? "on" : "off")}) should be: {item.GetProperty("want")}");
            }
        }
    }

    [Fact]
    public async Task An_unknown_key_makes_it_ask_for_the_keys_again_at_most_every_five_minutes()
    {
        using var tokens = Tokens(isEmulator: false);
        var unknown = "Bearer " + mint.Bot(TokenMint.Header("tomorrow"), TokenMint.Claims(Now, Service));

        foreach (var _ in Enumerable.Range(0, 5))
            Assert.False(await AcceptsAsync(tokens, unknown, Activity()));
        Assert.Equal(1, login.KeyRequests);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.False(await AcceptsAsync(tokens, unknown, Activity()));

        Assert.Equal(2, login.KeyRequests);
    }

    [Fact]
    public async Task A_new_key_is_taken_up_after_five_minutes_and_a_withdrawn_one_is_dropped_after_a_day()
    {
        using var tokens = Tokens(isEmulator: false);
        Assert.True(await AcceptsAsync(tokens, Genuine(), Activity()));
        login.BotKeys = new JsonObject { ["keys"] = new JsonArray() };

        time.Advance(TimeSpan.FromHours(23));
        Assert.True(await AcceptsAsync(tokens, Genuine(), Activity()));
        time.Advance(TimeSpan.FromHours(1));
        Assert.False(await AcceptsAsync(tokens, Genuine(), Activity()));
        login.BotKeys = mint.BotKeys;
        time.Advance(TimeSpan.FromMinutes(5));

        Assert.True(await AcceptsAsync(tokens, Genuine(), Activity()));
    }

    private string Genuine() => "Bearer " + mint.Bot(TokenMint.Header(), TokenMint.Claims(time.GetUtcNow(), Service));

    /// <summary>Name, want (accept, reject, emulator), header, activity.</summary>
    private IEnumerable<(string Name, string Want, string? Authorization, TeamsActivity Activity)> Cases()
    {
        string Signed(Action<JsonObject>? claims = null, Action<JsonObject>? header = null, string kid = "bot") =>
            "Bearer " + mint.Bot(Changed(TokenMint.Header(kid), header), Changed(TokenMint.Claims(Now, Service), claims));
        string Emulated(string issuer, string version, string appClaim, string app = TokenMint.AppId) => "Bearer " + mint.Entra(TokenMint.Header("entra"), Changed(TokenMint.Claims(Now, Service), claims =>
        {
            claims.Remove("serviceurl");
            claims["iss"] = issuer;
            claims["ver"] = version;
            claims[appClaim] = app;
        }));
        var seconds = Now.ToUnixTimeSeconds();
        var here = Activity();

        yield return ("genuine", "accept", Signed(), here);
        yield return ("genuine, scheme in small letters", "accept", Signed().Replace("Bearer", "bearer", StringComparison.Ordinal), here);
        yield return ("last slash missing in the activity", "accept", Signed(), Activity(serviceUrl: Service.TrimEnd('/')));
        yield return ("expired a minute ago", "accept", Signed(claims => claims["exp"] = seconds - 60), here);
        yield return ("expired six minutes ago", "reject", Signed(claims => claims["exp"] = seconds - 360), here);
        yield return ("expiry missing", "reject", Signed(claims => claims.Remove("exp")), here);
        yield return ("expiry as text", "reject", Signed(claims => claims["exp"] = $"{seconds + 60}"), here);
        yield return ("valid in six minutes", "reject", Signed(claims => claims["nbf"] = seconds + 360), here);
        yield return ("valid in a minute", "accept", Signed(claims => claims["nbf"] = seconds + 60), here);
        yield return ("valid after its expiry", "reject", Signed(claims => (claims["nbf"], claims["exp"]) = (seconds + 100, seconds + 50)), here);
        yield return ("no header", "reject", null, here);
        yield return ("empty header", "reject", "", here);
        yield return ("basic", "reject", "Basic dTpw", here);
        yield return ("without scheme", "reject", Signed()["Bearer ".Length..], here);
        yield return ("five parts, as an encrypted token has", "reject", Signed() + ".a.b", here);
        yield return ("oversize", "reject", Signed(claims => claims["padding"] = new string('x', 20_000)), here);
        yield return ("another audience", "reject", Signed(claims => claims["aud"] = TokenMint.TenantId), here);
        yield return ("audience missing", "reject", Signed(claims => claims.Remove("aud")), here);
        yield return ("audience in capitals", "reject", Signed(claims => claims["aud"] = TokenMint.AppId.ToUpperInvariant()), here);
        yield return ("another issuer", "reject", Signed(claims => claims["iss"] = "https://issuer.invalid"), here);
        yield return ("issuer missing", "reject", Signed(claims => claims.Remove("iss")), here);
        yield return ("issuer with a slash", "reject", Signed(claims => claims["iss"] = TokenMint.Issuer + "/"), here);
        yield return ("service missing", "reject", Signed(claims => claims.Remove("serviceurl")), here);
        yield return ("another service", "reject", Signed(), Activity(serviceUrl: "https://smba.trafficmanager.net/amer/"));
        yield return ("activity without service", "reject", Signed(), Activity(serviceUrl: null));
        yield return ("activity without channel", "reject", Signed(), Activity(channelId: null));
        yield return ("channel not endorsed", "reject", Signed(), Activity(channelId: "directline"));
        yield return ("key for another channel", "reject", Signed(kid: "bot-webchat"), here);
        yield return ("key without endorsements", "reject", Signed(kid: "bot-unendorsed"), here);
        yield return ("unknown key", "reject", Signed(kid: "nobody"), here);
        yield return ("key id missing", "reject", Signed(header: head => head.Remove("kid")), here);
        yield return ("key for encryption", "reject", Signed(kid: "bot-encryption"), here);
        yield return ("key of 1024 bits", "reject", "Bearer " + mint.Small(TokenMint.Header("bot-small"), TokenMint.Claims(Now, Service)), here);
        yield return ("signed by a stranger", "reject", "Bearer " + mint.Stranger(TokenMint.Header(), TokenMint.Claims(Now, Service)), here);
        yield return ("signed by Entra", "reject", "Bearer " + mint.Entra(TokenMint.Header("entra"), TokenMint.Claims(Now, Service)), here);
        yield return ("critical extension", "reject", Signed(header: head => head["crit"] = new JsonArray("b64")), here);
        yield return ("algorithm none", "reject", "Bearer " + TokenMint.Parts("""{"alg":"none","kid":"bot"}""", TokenMint.Claims(Now, Service).ToJsonString()) + ".", here);
        yield return ("algorithm RS384", "reject", Signed(header: head => head["alg"] = "RS384"), here);
        yield return ("public key as shared secret", "reject", "Bearer " + mint.Hmac(Changed(TokenMint.Header(), head => head["alg"] = "HS256"), TokenMint.Claims(Now, Service)), here);
        yield return ("a claim twice", "reject", "Bearer " + mint.BotRaw(TokenMint.Header().ToJsonString(), TokenMint.Claims(Now, Service).ToJsonString().Replace("{", """{"aud":"x",""", StringComparison.Ordinal)), here);
        yield return ("a changed claim", "reject", Signed()[..40] + "A" + Signed()[41..], here);
        yield return ("signature cut", "reject", Signed()[..^8], here);
        yield return ("own tenant, version 2", "emulator", Emulated($"https://login.microsoftonline.com/{TokenMint.TenantId}/v2.0", "2.0", "azp"), here);
        yield return ("own tenant, version 1", "emulator", Emulated($"https://sts.windows.net/{TokenMint.TenantId}/", "1.0", "appid"), here);
        yield return ("own tenant, issuer of the other version", "reject", Emulated($"https://sts.windows.net/{TokenMint.TenantId}/", "2.0", "azp"), here);
        yield return ("own tenant, another app", "reject", Emulated($"https://login.microsoftonline.com/{TokenMint.TenantId}/v2.0", "2.0", "azp", "another"), here);
        yield return ("another tenant", "reject", Emulated($"https://login.microsoftonline.com/{TokenMint.OtherTenant}/v2.0", "2.0", "azp"), here);
    }

    private static JsonObject Changed(JsonObject json, Action<JsonObject>? change)
    {
        change?.Invoke(json);
        return json;
    }

    private static bool Fits(string want, bool isEmulator, bool accepted) => want switch
    {
        "accept" => accepted,
        "reject" => !accepted,
        "emulator" or "emulator-only" => accepted == isEmulator,
        "either" => true,
        _ => throw new ArgumentException($"Unknown verdict {want}."),
    };

    private TeamsToken Tokens(bool isEmulator, string appId = TokenMint.AppId, string tenantId = TokenMint.TenantId) => new(
        Options.Create(new TeamsOptions { AppId = appId, TenantId = tenantId, AllowEmulator = isEmulator, Authority = login.Address, OpenIdMetadata = login.BotMetadata }),
        new OneClient(handler), time, NullLogger<TeamsToken>.Instance);

    private static async Task<bool> AcceptsAsync(TeamsToken tokens, string? authorization, TeamsActivity activity) =>
        await tokens.CheckAsync(authorization, TestContext.Current.CancellationToken) is TeamsTokenVerdict.Accepted accepted && accepted.Covers(activity);

    private static TeamsActivity Activity(string? serviceUrl = Service, string? channelId = "msteams") =>
        new(JsonSerializer.SerializeToElement(new { type = "message", serviceUrl, channelId }));
}
