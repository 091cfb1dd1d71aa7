namespace SreBot.Model;

/// <summary>A typed condition on one of <see cref="Dimensions.All"/>, such as <c>platform = mobile</c>.</summary>
internal sealed record DimensionCondition(string Dimension, string Value);
