using SreBot.Adapters.Chat;

namespace SreBot.Hosting;

/// <summary>Shows progress where the question was asked. It is lost without harm: nobody waits for it.</summary>
internal sealed class PosterProgress(IChatPoster poster, ChatAddress address, CancellationToken cancel) : IProgress<string>
{
    public void Report(string value) => _ = ShowAsync(value);

    private async Task ShowAsync(string text)
    {
        try
        {
            await poster.ShowProgressAsync(address, text, cancel);
        }
        catch (Exception)
        {
            // The answer itself says what went wrong, if anything did.
        }
    }
}
