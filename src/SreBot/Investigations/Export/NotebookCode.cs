namespace SreBot.Investigations.Export;

/// <summary>The Python of a notebook's code cells: the standard library and IPython, nothing to install.</summary>
internal static class NotebookCode
{
    /// <summary>What the other code cells use. Text from a record never stands in code: the investigation's id is all that comes from it.</summary>
    public static string SetUp(Guid investigation) => $$"""
        import json
        import os
        import urllib.error
        import urllib.request

        from IPython.display import display

        INVESTIGATION = "{{investigation}}"
        SREBOT_URL = os.environ.get("SREBOT_URL", "").rstrip("/")
        SREBOT_TOKEN = os.environ.get("SREBOT_TOKEN", "")
        SREBOT_AS_OF = os.environ.get("SREBOT_AS_OF", "then")  # or "now": the same questions, looking back from now

        if not SREBOT_URL or not SREBOT_TOKEN:
            raise RuntimeError("Set SREBOT_URL (such as http://127.0.0.1:5080) and SREBOT_TOKEN (an API token) in the environment, then run this notebook again.")


        class NoRedirect(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *arguments):
                return None  # the token goes to SREBOT_URL and nowhere else


        def ask(method, path):
            request = urllib.request.Request(
                f"{SREBOT_URL}/api/investigations/{INVESTIGATION}/{path}",
                data=b"" if method == "POST" else None,
                headers={"Authorization": f"Bearer {SREBOT_TOKEN}"},
                method=method,
            )
            try:
                with urllib.request.build_opener(NoRedirect).open(request, timeout=300) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                body = error.read().decode("utf-8", "replace")
                why = json.loads(body).get("error", "") if body.startswith("{") else ""
                raise RuntimeError(f"SreBot answered {error.code}. {why}") from None
            except urllib.error.URLError as error:
                raise RuntimeError(f"SreBot does not answer at {SREBOT_URL}: {error.reason}") from None


        def picture(chart):
            display({"image/svg+xml": chart["svg"], "text/plain": chart["alternative"]}, raw=True)


        def charts():  # shows the answer's charts
            for chart in ask("GET", "charts"):
                picture(chart)


        def step(number):  # runs a recorded query again and shows its table; returns verdict, columns, rows, sql, parameters
            run = ask("POST", f"steps/{number}/run?as-of={SREBOT_AS_OF}")
            print(f"Step {number}, {run['verdict']}. {run.get('differs') or ''}".rstrip())
            display({"text/html": run["html"], "text/plain": run["text"]}, raw=True)
            if run.get("chart"):
                picture(run["chart"])
            return run
        """;

    public const string Charts = "charts()";

    public static string Step(int number) => $"step_{number} = step({number})";
}
