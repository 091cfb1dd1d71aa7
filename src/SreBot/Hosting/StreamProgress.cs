using SreBot.Adapters.Chat;

namespace SreBot.Hosting;

/// <summary>Shows progress in the message that becomes the answer. It is lost without harm: nobody waits for it.</summary>
internal sealed class StreamProgress(IChatStream stream, CancellationToken cancel) : IProgress<string>
{
    public void Report(string value) => _ = ShowAsync(value);

    private async Task ShowAsync(string step)
    {
        try
        {
            await stream.ShowAsync(step, cancel);
        }
        catch (Exception)
        {
            // The answer itself says what went wrong, if anything did.
        }
    }
}
