using Npgsql;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Postgres;

internal static class PostgresServices
{
    public static IServiceCollection AddPostgres(this IServiceCollection services, PostgresConnections connections)
    {
        services.AddSingleton(connections);
        services.AddSingleton(_ => NpgsqlDataSource.Create(connections.Serving));
        services.AddSingleton<PostgresDatabase>();
        services.AddSingleton<ISetupCheck, PostgresCheck>();
        services.AddSingleton<IStartupStep, PostgresStartup>();
        services.AddSingleton<IStartupStep, LeaseStartup>();
        return services;
    }
}
