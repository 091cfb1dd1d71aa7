using SreBot.Cli.Tutorial;

namespace SreBot.Tests.Cli.Tutorial;

public sealed class TutorialGeneratorTests
{
    private static readonly IReadOnlyList<TutorialRequest> Requests = TutorialGenerator.Requests(1);

    [Fact]
    public void There_is_one_request_a_server_and_minute_numbered_from_one()
    {
        Assert.Equal(14_400, Requests.Count);
        Assert.Equal(Enumerable.Range(1, 14_400).Select(i => i.ToString()), Requests.Select(row => row.RequestId));
        Assert.Equal(14_400, Requests.Select(row => (row.ServerId, row.Timestamp)).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"Server_{i}"), Requests.Take(10).Select(row => row.ServerId));
        Assert.Equal(new DateTimeOffset(2023, 8, 1, 0, 0, 0, TimeSpan.Zero), Requests[0].Timestamp);
        Assert.Equal(new DateTimeOffset(2023, 8, 1, 23, 59, 0, TimeSpan.Zero), Requests[^1].Timestamp);
    }

    [Theory]
    [InlineData("number_of_active_requests", 1, 320, 100.4, 1.5)] // the mean of max(1, int N(100, 50)) is 100.0 and a little
    [InlineData("cpu_usage", 0, 100, 50, 0.7)]
    [InlineData("memory_usage", 0, 100, 50, 0.7)]
    [InlineData("execution_time", 1, 50, 15.7, 0.5)] // of clip(N(10, 25), 1, 50)
    public void Each_column_has_its_distribution(string column, double least, double most, double mean, double tolerance)
    {
        double[] values = [.. Requests.Select(row => column switch { "cpu_usage" => row.CpuUsage, "memory_usage" => row.MemoryUsage, "execution_time" => row.ExecutionTime, _ => row.NumberOfActiveRequests })];

        Assert.All(values, value => Assert.InRange(value, least, most));
        Assert.InRange(values.Average(), mean - tolerance, mean + tolerance);
    }

    [Fact]
    public void Projects_are_uniform_and_the_clipped_ends_are_there()
    {
        Assert.All(Requests.CountBy(row => row.ProjectId), project => Assert.InRange(project.Value, 4_600, 5_000));
        Assert.Equal(["Project_1", "Project_2", "Project_3"], Requests.Select(row => row.ProjectId).Distinct().Order());
        Assert.Contains(Requests, row => row.ExecutionTime == 1);
        Assert.Contains(Requests, row => row.ExecutionTime == 50);
        Assert.Contains(Requests, row => row.CpuUsage is 0 or 100);
        Assert.Contains(Requests, row => row.NumberOfActiveRequests == 1);
    }

    [Fact]
    public void The_columns_know_nothing_of_each_other()
    {
        var (slow, usual) = (Requests.Where(row => row.ExecutionTime > 20).ToList(), Requests.Where(row => row.ExecutionTime <= 20).ToList());

        Assert.InRange(slow.Average(row => row.CpuUsage) - usual.Average(row => row.CpuUsage), -1.5, 1.5);
        Assert.InRange(slow.Average(row => row.NumberOfActiveRequests) - usual.Average(row => row.NumberOfActiveRequests), -3.5, 3.5);
        Assert.All(Requests.GroupBy(row => row.ServerId), server => Assert.InRange(server.Average(row => row.ExecutionTime), 14.2, 17.2));
    }

    [Fact]
    public void An_incident_is_a_request_above_20_ms()
    {
        var incidents = TutorialGenerator.Incidents(Requests);
        var slow = Requests.Where(row => row.ExecutionTime > 20).ToList();

        Assert.Equal(slow.Select(row => (row.RequestId, row.Timestamp)), incidents.Select(incident => (incident.RequestId, incident.Timestamp)));
        Assert.Equal(Enumerable.Range(1, slow.Count).Select(i => (long)i), incidents.Select(incident => incident.IncidentId));
        Assert.InRange(incidents.Count, 4_700, 5_200); // a third of all rows
    }

    [Fact]
    public void Aggregates_are_the_mean_the_mean_and_the_sum_of_their_server_and_hour()
    {
        var rows = TutorialGenerator.ServerMetrics(Requests);

        Assert.Equal(240, rows.Count);
        Assert.Equal("Server_2", rows[24].ServerId);
        Assert.All(rows, row =>
        {
            var own = Requests.Where(request => request.ServerId == row.ServerId && request.Timestamp >= row.Hour && request.Timestamp < row.Hour.AddHours(1)).ToList();
            Assert.Equal(60, own.Count);
            Assert.Equal(own.Sum(request => request.CpuUsage) / 60, row.AvgCpuUsage, 1e-9);
            Assert.Equal(own.Sum(request => request.MemoryUsage) / 60, row.AvgMemoryUsage, 1e-9);
            Assert.Equal(own.Sum(request => request.NumberOfActiveRequests), (long)row.TotalRequests);
        });
    }

    [Fact]
    public void The_same_seed_makes_the_same_data_and_another_seed_other_data()
    {
        Assert.Equal(Requests, TutorialGenerator.Requests(1));
        Assert.NotEqual(Requests, TutorialGenerator.Requests(2));
    }
}
