using Microsoft.Extensions.Options;
using SreBot.Model;

namespace SreBot.Api.Ingest;

/// <summary>Counts what the batches under way hold, and turns away what would be too much.</summary>
internal sealed class IngestGate(IOptions<IngestOptions> options)
{
    private readonly Lock gate = new();
    private int batches;
    private long held;

    /// <summary>How many are under way.</summary>
    public int Batches
    {
        get
        {
            lock (gate)
            {
                return batches;
            }
        }
    }

    /// <summary>Lets one more batch in; it leaves when the pass is disposed.</summary>
    /// <exception cref="SreException">Busy.</exception>
    public Pass Enter()
    {
        lock (gate)
        {
            if (batches >= options.Value.Batches)
                throw new SreException(SreErrorKind.Busy, $"{batches} batches are being taken in, which is the most at once; send the same batch again in a moment.");

            batches++;
            return new Pass(this);
        }
    }

    private void Hold(long more, long own)
    {
        lock (gate)
        {
            if (own + more > options.Value.HeldBytes)
                throw new SreException(SreErrorKind.TooLarge, $"The batch needs more memory than Ingest:HeldBytes ({options.Value.HeldBytes:N0}) allows; nothing of it was taken. Send it in smaller ones.");
            if (held + more > options.Value.HeldBytes)
                throw new SreException(SreErrorKind.Busy, "The batches that are being taken in hold as much memory as they may; nothing of this one was taken. Send it again in a moment.");

            held += more;
        }
    }

    private void Leave(long own)
    {
        lock (gate)
        {
            held -= own;
            batches--;
        }
    }

    /// <summary>One batch's right to be taken in.</summary>
    internal sealed class Pass(IngestGate gate) : IDisposable
    {
        private long own;
        private bool left;

        /// <param name="bytes">What the batch holds now.</param>
        /// <exception cref="SreException">TooLarge or Busy.</exception>
        public void Hold(long bytes)
        {
            if (bytes > own)
            {
                gate.Hold(bytes - own, own);
                own = bytes;
            }
        }

        public void Dispose()
        {
            if (!left)
                gate.Leave(own);

            left = true;
        }
    }
}
