using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SreBot.Embedded;
using SreBot.Model;

namespace SreBot.Tests.Embedded;

/// <summary>Against the bundled server itself; as root it runs as another user, as in production.</summary>
public sealed class EmbeddedPostgresTests : IAsyncLifetime
{
    private static readonly TimeSpan FailureBound = TimeSpan.FromSeconds(60);

    private DataFolder data = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Folder => data.PostgresFolder;

    public async ValueTask InitializeAsync() => data = await DataFolder.OpenEphemeralAsync(TimeProvider.System, Cancel);

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Fact]
    public async Task Keeps_what_was_written_over_a_restart()
    {
        await using (var first = await StartAsync())
        {
            await WriteAsync(first);
        }

        await using var second = await StartAsync();

        Assert.Equal(42, await ReadAsync(second));
    }

    [Fact]
    public async Task Serves_again_after_its_server_was_killed()
    {
        await using var postgres = await StartAsync();
        await WriteAsync(postgres);
        var restarted = new TaskCompletionSource();
        postgres.Restarted += restarted.SetResult;

        Assert.True(Libc.Signal(postgres.ProcessId!.Value, Libc.Kill));
        await restarted.Task.WaitAsync(FailureBound, TimeProvider.System, Cancel);

        Assert.Equal(42, await ReadAsync(postgres));
    }

    [Fact]
    public async Task Replaces_the_server_of_a_SreBot_that_was_killed()
    {
        IReadOnlyList<string> commandLine;
        await using (var first = await StartAsync())
        {
            await WriteAsync(first);
            commandLine = ReadCommandLine(first.ProcessId!.Value);
        }

        using var orphan = ChildProcess.Start(ChildProcess.Describe(["sh", "-c", "exec \"$@\" >/dev/null 2>&1", "sh", .. UnprivilegedUser.Find()?.Prefix ?? [], .. commandLine]));
        await FirstLineOfAsync(Path.Combine(Folder, "data", "postmaster.pid"), $"{orphan.Id}");

        await using var second = await StartAsync();
        await orphan.WaitForExitAsync(Cancel).WaitAsync(FailureBound, TimeProvider.System, Cancel);

        Assert.NotEqual(orphan.Id, second.ProcessId);
        Assert.Equal(42, await ReadAsync(second));
    }

    [Fact]
    public async Task Starts_over_a_pid_file_that_names_somebody_elses_process()
    {
        await using (var first = await StartAsync())
        {
            await WriteAsync(first);
        }

        using var stranger = ChildProcess.Start(ChildProcess.Describe([.. UnprivilegedUser.Find()?.Prefix ?? [], "sleep", "600"]));
        var pidFile = Path.Combine(Folder, "data", "postmaster.pid");
        foreach (var file in (string[])[pidFile, Path.Combine(Folder, "run", ".s.PGSQL.5432.lock")])
        {
            File.WriteAllText(file, $"{stranger.Id}\n{Path.Combine(Folder, "data")}\n1700000000\n5432\n\n\n1 1\nready   \n");
            UnprivilegedUser.Find()?.Own(file);
        }

        try
        {
            await using var second = await StartAsync();

            Assert.Equal(42, await ReadAsync(second));
            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task Does_a_first_start_again_that_was_killed_half_way()
    {
        var half = Path.Combine(Folder, "data.new");
        Directory.CreateDirectory(half);
        File.WriteAllText(Path.Combine(half, "PG_VERSION"), "18");

        await using var postgres = await StartAsync();
        await WriteAsync(postgres);

        Assert.Equal(42, await ReadAsync(postgres));
        Assert.False(Directory.Exists(half));
    }

    [Fact]
    public async Task Makes_new_passwords_when_the_file_of_the_old_ones_is_lost()
    {
        await using (var first = await StartAsync())
        {
            await WriteAsync(first);
        }

        File.Delete(Path.Combine(Folder, "secrets.json"));
        await using var second = await StartAsync();

        Assert.Equal(42, await ReadAsync(second));
    }

    [Fact]
    public async Task Serves_in_a_role_that_cannot_pass_by_row_level_security()
    {
        await using var postgres = await StartAsync();
        await using var serving = new NpgsqlConnection(postgres.ConnectionString);
        await using var owner = new NpgsqlConnection(postgres.MigrationConnectionString);
        const string rightsSql = "SELECT rolname || ' ' || rolsuper || ' ' || rolbypassrls || ' ' || rolcreaterole FROM pg_roles WHERE rolname LIKE 'srebot%' ORDER BY 1";

        var rights = await owner.QueryAsync<string>(new CommandDefinition(rightsSql, cancellationToken: Cancel));
        await serving.ExecuteAsync(new CommandDefinition("SET ROLE srebot_tenant; SET ROLE srebot_evaluator; SET ROLE srebot_gateway", cancellationToken: Cancel));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => owner.ExecuteAsync(new CommandDefinition("SET ROLE srebot_tenant", cancellationToken: Cancel)));

        Assert.Equal(["srebot", "srebot_evaluator", "srebot_gateway", "srebot_owner", "srebot_tenant"], rights.Select(line => line.Replace(" false false false", "", StringComparison.Ordinal)));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Lets_nobody_in_as_superuser_or_without_the_password()
    {
        await using var postgres = await StartAsync();
        var superuser = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Username = "postgres", Pooling = false }.ConnectionString;
        var wrong = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "wrong", Pooling = false }.ConnectionString;

        foreach (var connectionString in (string[])[superuser, wrong])
        {
            await using var connection = new NpgsqlConnection(connectionString);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Cancel));
            Assert.StartsWith("28", refused.SqlState, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Stops_with_SreBot_and_leaves_no_process()
    {
        int process;
        await using (var postgres = await StartAsync())
        {
            process = postgres.ProcessId!.Value;
        }

        Assert.False(Libc.Signal(process, 0));
        Assert.False(File.Exists(Path.Combine(Folder, "data", "postmaster.pid")));
    }

    [Fact]
    public async Task Listens_on_loopback_where_the_path_is_too_long_for_a_socket()
    {
        var deep = Path.Combine(Folder, new string('d', 60), new string('e', 60));
        var parent = Path.GetDirectoryName(deep)!;
        foreach (var folder in (string[])[Folder, parent])
        {
            Directory.CreateDirectory(folder);
            DataFolderRights.Open(folder, UnprivilegedUser.Find());
        }

        await using var postgres = await EmbeddedPostgres.StartAsync(deep, EnginePaths.Find(), TimeProvider.System, NullLogger.Instance, Cancel);
        await WriteAsync(postgres);

        Assert.Equal("127.0.0.1", new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host);
        Assert.Equal(42, await ReadAsync(postgres));
    }

    [Fact]
    public async Task Keeps_passwords_from_everyone_but_its_own_user()
    {
        await using var postgres = await StartAsync();
        var password = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Password!;

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Folder, "secrets.json")));
        Assert.DoesNotContain(password, string.Join(' ', ReadCommandLine(postgres.ProcessId!.Value)), StringComparison.Ordinal);
        Assert.DoesNotContain(password, File.ReadAllText(Path.Combine(Folder, "postgres.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_which_settings_do_without_the_bundled_engines()
    {
        var error = await Assert.ThrowsAsync<SreException>(() => EmbeddedPostgres.StartAsync(Folder, EnginePaths.Find([]), TimeProvider.System, NullLogger.Instance, Cancel));

        Assert.Equal(SreErrorKind.Unavailable, error.Kind);
        Assert.Contains("Postgres:ConnectionString and Telemetry:Endpoint", error.Message, StringComparison.Ordinal);
    }

    private Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(Folder, EnginePaths.Find(), TimeProvider.System, NullLogger.Instance, Cancel);

    private static async Task WriteAsync(EmbeddedPostgres postgres)
    {
        await using var connection = new NpgsqlConnection(postgres.MigrationConnectionString);
        await connection.ExecuteAsync(new CommandDefinition("CREATE TABLE kept AS SELECT 42 AS value; GRANT SELECT ON kept TO srebot", cancellationToken: Cancel));
    }

    private static async Task<int> ReadAsync(EmbeddedPostgres postgres)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Pooling = false }.ConnectionString);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT value FROM kept", cancellationToken: Cancel));
    }

    private static IReadOnlyList<string> ReadCommandLine(int process) =>
        File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/cmdline")).TrimEnd('\0').Split('\0');

    private static async Task FirstLineOfAsync(string file, string line)
    {
        using var bound = new CancellationTokenSource(FailureBound, TimeProvider.System);
        while (!File.Exists(file) || File.ReadLines(file).FirstOrDefault() != line)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, bound.Token);
        }
    }
}
