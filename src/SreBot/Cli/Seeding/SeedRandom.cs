namespace SreBot.Cli.Seeding;

/// <summary>A small random generator (splitmix64) that starts from any set of numbers, so that each row has its own and none depends on which rows were made before it.</summary>
internal struct SeedRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong state;

    public SeedRandom(long seed, long first, long second = 0, long third = 0) =>
        state = Mix(Mix(Mix(Mix((ulong)seed + Golden) ^ (ulong)first) + Golden ^ (ulong)second) + Golden ^ (ulong)third);

    public ulong Bits()
    {
        state += Golden;
        return Mix(state);
    }

    /// <summary>0, inclusive, to 1, exclusive.</summary>
    public double Unit() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public double Between(double from, double to) => from + ((to - from) * Unit());

    /// <summary>0, inclusive, to <paramref name="count"/>, exclusive.</summary>
    public int Below(int count) => (int)(((Bits() >> 32) * (ulong)count) >> 32);

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Mean 0, deviation 1 (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
