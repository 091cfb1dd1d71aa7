// Buttons that run what a page shows once more: [data-again] names the address; its answer has a summary, and for each entry a number, a verdict and what differs.
// The words of an answer are only ever text.
const said = document.getElementById("again-said");
const buttons = [...document.querySelectorAll("[data-again]")];

const show = entry => {
  const line = document.querySelector(`[data-verdict="${Number(entry.step)}"]`);
  if (!line) return;
  const badge = document.createElement("span");
  badge.className = entry.verdict === "same" || entry.verdict === "recorded" ? "badge" : "badge danger";
  badge.textContent = entry.verdict;
  line.replaceChildren(badge, ` ${entry.differs ?? "The same result as recorded."}`);
  line.hidden = false;
};

const run = async button => {
  for (const other of buttons) other.disabled = true;
  said.textContent = "Running again…";
  try {
    const response = await fetch(button.dataset.again, { method: "POST", headers: { Accept: "application/json" } });
    const json = await response.json();
    said.textContent = response.ok ? json.summary : json.error ?? "That did not work.";
    if (response.ok) json.steps.forEach(show);
  } catch {
    said.textContent = "The server cannot be reached.";
  } finally {
    for (const other of buttons) other.disabled = false;
  }
};

for (const button of buttons) {
  button.hidden = false;
  button.addEventListener("click", () => run(button));
}
