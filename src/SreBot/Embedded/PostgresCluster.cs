using System.Text;
using SreBot.Model;

namespace SreBot.Embedded;

/// <summary>The private server's folder, made at first use: <c>data/</c> (PostgreSQL's own), <c>run/</c> (its socket), its log, and SreBot's secrets of it.</summary>
internal sealed class PostgresCluster
{
    public const string Database = "srebot";
    public const string ServingRole = "srebot";
    public const string OwnerRole = "srebot_owner";

    // No superuser can log in: what only one may do happens here, before there is a server to log in to.
    private const string AccessRules = """
        local all srebot,srebot_owner scram-sha-256
        host all srebot,srebot_owner 127.0.0.1/32 scram-sha-256

        """;

    private string Programs { get; init; } = "";
    private UnprivilegedUser? User { get; init; }

    public required string Folder { get; init; }
    public required PostgresSecrets Secrets { get; init; }
    public string DataFolder => Path.Combine(Folder, "data");
    public string SocketFolder => Path.Combine(Folder, "run");
    public string LogFile => Path.Combine(Folder, "postgres.log");
    public string ProcessFile => Path.Combine(DataFolder, "postmaster.pid");

    /// <summary>Makes what is missing; a first use that was killed half-way is done again.</summary>
    public static async Task<PostgresCluster> OpenAsync(string folder, string bundledPrograms, TimeProvider time, CancellationToken cancel)
    {
        var user = UnprivilegedUser.Find();
        if (user is null && Environment.IsPrivilegedProcess)
        {
            throw new SreException(SreErrorKind.Unavailable, "PostgreSQL does not run as root here: start SreBot as an ordinary user, or set Postgres:ConnectionString.");
        }

        Directory.CreateDirectory(folder, DataFolderRights.Mode(user));
        DataFolderRights.Open(folder, user);
        await CheckReachAsync(folder, user, cancel);
        var secretsFile = Path.Combine(folder, "secrets.json");
        var known = PostgresSecrets.Read(secretsFile);
        var cluster = new PostgresCluster
        {
            Folder = folder,
            User = user,
            Programs = await PostgresPrograms.PrepareAsync(bundledPrograms, folder, user, cancel),
            Secrets = known ?? PostgresSecrets.Create(secretsFile),
        };
        await PostgresProcesses.StopAsync(cluster.Secrets.Name, time, cancel);
        cluster.MakeFolder(cluster.SocketFolder);
        if (!Directory.Exists(cluster.DataFolder))
        {
            await cluster.InitializeAsync(cancel);
        }
        else if (known is null)
        {
            await cluster.RunSqlAsync(cluster.DataFolder, cluster.PasswordSql, cancel);
        }

        return cluster;
    }

    /// <summary>A command line of one of the bundled programs, as the user that PostgreSQL runs as.</summary>
    public IReadOnlyList<string> Command(string program, params IEnumerable<string> arguments) =>
        [.. User?.Prefix ?? [], Path.Combine(Programs, "bin", program), .. arguments];

    /// <summary>
    /// Removes what says that a server runs, once none does (<see cref="PostgresProcesses.StopAsync"/>): the process that it names may be a stranger's by now, or a
    /// dead one that nobody has collected. PostgreSQL guards its files by their shared memory too, so that even a server missed there would keep the new one out.
    /// </summary>
    public void DeleteLeftovers()
    {
        File.Delete(ProcessFile);
        foreach (var file in Directory.EnumerateFiles(SocketFolder, ".s.PGSQL.*"))
        {
            File.Delete(file);
        }
    }

    private static async Task CheckReachAsync(string folder, UnprivilegedUser? user, CancellationToken cancel)
    {
        if (user is not null && (await ChildProcess.RunAsync([.. user.Prefix, "test", "-x", folder], "", cancel)).ExitCode != 0)
        {
            throw new SreException(SreErrorKind.Invalid, $"PostgreSQL does not run as root, and the user nobody cannot reach {folder}: choose a data folder that it can, such as --data /var/lib/srebot, or start SreBot as an ordinary user.");
        }
    }

    private async Task InitializeAsync(CancellationToken cancel)
    {
        var half = DataFolder + ".new";
        if (Directory.Exists(half))
        {
            Directory.Delete(half, recursive: true);
        }

        MakeFolder(half);
        var (exitCode, output) = await ChildProcess.RunAsync(
            Command("initdb", "-D", half, "--username=postgres", "--auth=reject", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"), "", cancel);
        if (exitCode != 0)
        {
            throw Failed("could not make its first files", output);
        }

        var rules = Path.Combine(half, "pg_hba.conf");
        File.WriteAllText(rules, AccessRules);
        await RunSqlAsync(half, RolesSql + PasswordSql, cancel);
        Directory.Move(half, DataFolder);
    }

    // Single-user mode ends a statement at a blank line. The three roles without login are those that the tables' policies name.
    private static string RolesSql => $"""
        CREATE ROLE {OwnerRole} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS NOCREATEROLE;

        CREATE ROLE {ServingRole} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;

        CREATE ROLE srebot_tenant NOLOGIN NOSUPERUSER NOBYPASSRLS;

        CREATE ROLE srebot_evaluator NOLOGIN NOSUPERUSER NOBYPASSRLS;

        CREATE ROLE srebot_gateway NOLOGIN NOSUPERUSER NOBYPASSRLS;

        GRANT srebot_tenant, srebot_evaluator, srebot_gateway TO {ServingRole} WITH INHERIT FALSE, SET TRUE;

        CREATE DATABASE {Database} OWNER {OwnerRole};

        REVOKE ALL ON DATABASE {Database} FROM PUBLIC;

        GRANT CONNECT ON DATABASE {Database} TO {ServingRole};


        """;

    private string PasswordSql => $"""
        ALTER ROLE {OwnerRole} PASSWORD '{Secrets.OwnerPassword}';

        ALTER ROLE {ServingRole} PASSWORD '{Secrets.Password}';


        """;

    private async Task RunSqlAsync(string dataFolder, string sql, CancellationToken cancel)
    {
        var (exitCode, output) = await ChildProcess.RunAsync(
            Command("postgres", "--single", "-j", "-D", dataFolder, "-c", "exit_on_error=on", "-c", "log_min_error_statement=panic", "postgres"), sql, cancel);
        if (exitCode != 0)
        {
            throw Failed("could not make its roles", output);
        }
    }

    private SreException Failed(string what, string output)
    {
        var why = output.Split('\n').LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal) || line.Contains("ERROR:", StringComparison.Ordinal) || line.Contains("error:", StringComparison.Ordinal));
        return new SreException(SreErrorKind.Unavailable, $"The bundled PostgreSQL {what} in {Folder}: {why ?? output.Trim()}");
    }

    private void MakeFolder(string path)
    {
        Directory.CreateDirectory(path, PrivateFile.FolderMode);
        User?.Own(path);
    }
}
