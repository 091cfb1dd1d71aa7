// Runs before the first paint, so that a remembered theme does not flash.
(() => {
  const key = "console-theme";
  const read = () => { try { return localStorage.getItem(key) ?? "auto"; } catch { return "auto"; } };
  const apply = choice => {
    if (choice === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
  };
  apply(read());
  window.consoleTheme = {
    get choice() { return read(); },
    set choice(value) {
      try { localStorage.setItem(key, value); } catch { /* a private window: it holds for this page */ }
      apply(value);
      dispatchEvent(new Event("themechange"));
    },
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => dispatchEvent(new Event("themechange")));
})();
