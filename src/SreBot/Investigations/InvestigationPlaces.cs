using System.Threading.Channels;

namespace SreBot.Investigations;

/// <summary>Lets two investigations of this process run at once (domain.md), whoever asked for them; the others wait in their order.</summary>
internal sealed class InvestigationPlaces
{
    private const int Places = 2;

    private readonly Channel<int> free = Channel.CreateBounded<int>(Places);

    public InvestigationPlaces()
    {
        for (var place = 0; place < Places; place++)
        {
            free.Writer.TryWrite(place);
        }
    }

    public bool AreTaken => !free.Reader.TryPeek(out _);

    public async Task TakeAsync(CancellationToken cancel) => await free.Reader.ReadAsync(cancel);

    public void Leave() => free.Writer.TryWrite(0);
}
