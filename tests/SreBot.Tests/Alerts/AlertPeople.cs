using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts;

/// <summary>People that the organization knows.</summary>
internal static class AlertPeople
{
    /// <summary>A caller from the house's channel, as that person.</summary>
    public static async Task<Caller> AdmitAsync(AlertHouse house, ChatUser user, ChatAddress? address = null)
    {
        var caller = house.Caller(user.Name ?? user.Id) with { User = user };
        await ExecuteAsync(house, "INSERT INTO principal (organization_id, id, name, role, all_projects) VALUES (@organization, @id, @name, 'sre', true)",
            new { organization = house.Organization, caller.Principal.Id, caller.Principal.Name });
        return address is null ? caller : caller with { Address = address };
    }

    public static async Task ExecuteAsync(AlertHouse house, string sql, object parameters)
    {
        await using var session = await house.Postgres.BeginAsync(house.Organization, TestContext.Current.CancellationToken);
        await session.Connection.ExecuteAsync(session.Command(sql, parameters, TestContext.Current.CancellationToken));
        await session.CommitAsync(TestContext.Current.CancellationToken);
    }
}
