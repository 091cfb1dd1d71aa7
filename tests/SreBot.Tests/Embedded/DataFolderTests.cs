using SreBot.Embedded;
using SreBot.Model;

namespace SreBot.Tests.Embedded;

public sealed class DataFolderTests : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("srebot-tests-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(parent, "data");

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Fact]
    public async Task Refuses_a_second_SreBot_in_one_sentence_that_names_the_folder()
    {
        await using var held = await OpenAsync();

        var refused = await Assert.ThrowsAsync<SreException>(OpenAsync);

        Assert.Equal(SreErrorKind.Conflict, refused.Kind);
        Assert.Equal($"Another SreBot is using the data folder {Folder}; stop it, or choose another folder with --data.", refused.Message);
    }

    [Fact]
    public async Task Is_free_again_when_its_SreBot_has_ended()
    {
        await (await OpenAsync()).DisposeAsync();

        await using var second = await OpenAsync();

        Assert.Equal(Folder, second.Path);
    }

    [Fact]
    public async Task Tells_commands_where_the_serving_process_is()
    {
        await using var held = await OpenAsync();
        Assert.Null(DataFolder.ReadServing(Folder));

        held.WriteServing("http://127.0.0.1:5080", "secret");

        Assert.Equal(new ServingProcess("http://127.0.0.1:5080", "secret"), DataFolder.ReadServing(Folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Folder, "server.json")));
    }

    [Fact]
    public async Task Has_no_serving_process_after_that_one_was_killed()
    {
        await (await OpenAsync()).DisposeAsync();
        File.WriteAllText(Path.Combine(Folder, "server.json"), """{"Address":"http://127.0.0.1:5080","Token":"secret"}""");

        Assert.Null(DataFolder.ReadServing(Folder));
        await using var next = await OpenAsync();
        Assert.Null(DataFolder.ReadServing(Folder));
    }

    [Fact]
    public void Has_no_serving_process_where_there_is_no_folder() => Assert.Null(DataFolder.ReadServing(Path.Combine(parent, "absent")));

    [Fact]
    public async Task Shuts_out_other_users()
    {
        await using var held = await OpenAsync();

        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Folder) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupRead | UnixFileMode.GroupWrite));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(held.TelemetryFolder));
    }

    [Fact]
    public async Task Leaves_the_rights_of_a_folder_of_other_things_alone()
    {
        const UnixFileMode rights = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(Folder);
        File.SetUnixFileMode(Folder, rights);
        File.WriteAllText(Path.Combine(Folder, "thesis.txt"), "");

        await using var held = await OpenAsync();

        Assert.Equal(rights, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public async Task Names_a_folder_that_cannot_be_made()
    {
        File.WriteAllText(Folder, "a file");

        var refused = await Assert.ThrowsAsync<SreException>(OpenAsync);

        Assert.Equal(SreErrorKind.Invalid, refused.Kind);
        Assert.Contains(Folder, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_nothing_of_an_ephemeral_folder()
    {
        string path;
        await using (var ephemeral = await DataFolder.OpenEphemeralAsync(TimeProvider.System, Cancel))
        {
            path = ephemeral.Path;
            Assert.True(Directory.Exists(path));
        }

        Assert.False(Directory.Exists(path));
    }

    private Task<DataFolder> OpenAsync() => DataFolder.OpenAsync(Folder, TimeProvider.System, Cancel);
}
