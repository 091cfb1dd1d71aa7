using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SreBot.Benchmarks.AlertScenarios;
using SreBot.Tests.Ranks;

namespace SreBot.Tests.Alerts.States;

/// <summary>Builds the product's decisions anew from their sources, one text of them altered.</summary>
internal static class AlertMutant
{
    private static readonly string[] Files = ["AlertPolicies", "AlertSight", "AlertStateMachine", "AlertStep", "AlertVerdict"];

    /// <summary>What the product's project file imports without saying so, and how the tests reach the altered types.</summary>
    private const string Glue = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        using SreBot.Alerts.Evaluation;
        using SreBot.Alerts.Rules;

        namespace SreBot.Alerts.States;

        internal static class Mutant
        {
            internal static IReadOnlyList<AlertSighting> See(AlertRule rule, IEnumerable<string> known, IReadOnlyCollection<AlertReading> readings, Verdict? unread) =>
                AlertSight.Of(rule, known, readings, unread);

            internal static Verdict Judge(AlertRule rule, double? value, long count) => AlertVerdict.Of(rule, value, count);

            internal static (AlertState State, AlertTransition Transition, AlertNotice Notice) Take(AlertRule rule, AlertState before, Verdict verdict, double? value,
                DateTimeOffset tick, bool isSilenced)
            {
                var step = AlertStep.Take(rule, before, verdict, value, tick, isSilenced);
                return (step.State, step.Transition, step.Notice);
            }
        }
        """;

    private static readonly IReadOnlyDictionary<string, string> Texts = Files.ToDictionary(
        file => file, file => Sources.Read("SreBot").Single(source => source.Path == $"Alerts/States/{file}.cs").Text);

    private static readonly CSharpCompilation Build = CSharpCompilation.Create(
        "SreBot.Mutants", // the product lets an assembly of this name see its internals
        [CSharpSyntaxTree.ParseText(Glue)],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "SreBot.dll" or "SreBot.Adapters.dll" || Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release));

    /// <summary>Nothing altered.</summary>
    public static AlertMachine Unaltered() => Load(Texts);

    /// <exception cref="InvalidOperationException">The text is not there, or more than once, or what takes its place does not compile.</exception>
    public static AlertMachine Altered(string file, string from, string to)
    {
        var text = Texts[file];
        if (text.IndexOf(from, StringComparison.Ordinal) is var at && (at < 0 || at != text.LastIndexOf(from, StringComparison.Ordinal)))
        {
            throw new InvalidOperationException($"{file} should have once: {from}");
        }

        return Load(Texts.ToDictionary(known => known.Key, known => known.Key == file ? text.Replace(from, to, StringComparison.Ordinal) : known.Value));
    }

    private static AlertMachine Load(IReadOnlyDictionary<string, string> texts)
    {
        using var image = new MemoryStream();
        var emitted = Build.AddSyntaxTrees(texts.Values.Select(text => CSharpSyntaxTree.ParseText(text))).Emit(image);
        if (!emitted.Success)
        {
            throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)));
        }

        image.Position = 0;
        var mutant = new AssemblyLoadContext("mutant", isCollectible: true).LoadFromStream(image).GetType("SreBot.Alerts.States.Mutant", throwOnError: true)!;
        return new AlertMachine(Method<AlertMachine.Seeing>("See"), Method<AlertMachine.Judging>("Judge"), Method<AlertMachine.Taking>("Take"));

        T Method<T>(string name) where T : Delegate =>
            mutant.GetMethod(name, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.CreateDelegate<T>();
    }
}
