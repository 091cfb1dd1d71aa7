import { el, link, safeUrl } from "./dom.js";
import { chart } from "./chart.js";
import { bars } from "./bars.js";
import { form } from "./form.js";

// A reply's blocks as elements. `act(button, element)` runs a button, or a form's with its fields; what is wrong with them comes back by field.
export const reply = (reply, act) => {
  const blocks = reply.blocks?.length ? reply.blocks : [{ $type: "section", paragraphs: [{ runs: [{ text: reply.summary }] }] }];
  return blocks.map(block => kinds[block.$type]?.(block, act) ?? null);
};

const section = block => el("section", { class: block.isNote ? "block note" : "block" },
  block.title && el("h3", { class: "block-title" }, block.title),
  (block.paragraphs ?? []).map(paragraph => el("p", {}, runs(paragraph))),
  block.bullets?.length > 0 && el("ul", { class: "bullets" }, block.bullets.map(bullet => el("li", {}, runs(bullet)))));

const runs = text => (text.runs ?? []).map(run => {
  const style = run.style ?? "plain";
  const inner = style === "strong" ? el("strong", {}, run.text) : style === "code" ? el("code", {}, run.text) : run.text;
  return run.url ? link(run.url, {}, inner) : inner;
});

const table = block => {
  const numeric = new Set(block.numeric ?? []);
  const cell = (tag, text, index) => el(tag, { class: numeric.has(index) ? "num" : null, scope: tag === "th" ? "col" : null }, text ?? "");
  return el("figure", { class: "block" },
    block.title && el("figcaption", { class: "block-title" }, block.title),
    el("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": block.title || "Table" },
      el("table", { class: "table" },
        el("thead", {}, el("tr", {}, block.columns.map((column, index) => cell("th", column, index)))),
        el("tbody", {}, block.rows.map(row => el("tr", {}, row.map((text, index) => cell("td", text, index))))))));
};

const buttons = (block, act) => el("div", { class: "block buttons" }, block.buttons.map(button => {
  const look = `button ${button.style ?? "default"}`;
  if (button.url) return safeUrl(button.url) ? link(button.url, { class: look }, button.text) : null;
  const element = el("button", { type: "button", class: look }, button.text);
  element.addEventListener("click", () => act(button, element));
  return element;
}));

const file = block => {
  const bytes = Uint8Array.from(atob(block.content ?? ""), letter => letter.charCodeAt(0));
  const element = el("button", { type: "button", class: "button file" },
    el("span", { class: "file-name" }, block.name), el("span", { class: "file-size" }, size(bytes.length)));
  element.addEventListener("click", () => {
    const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" })); // saved, never shown: it may hold anything
    el("a", { href: url, download: block.name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  });
  return el("div", { class: "block" }, element);
};

const size = bytes => bytes < 1024 ? `${bytes} B` : bytes < 1_048_576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

const kinds = { section, table, chart, bars, buttons, file, form };
