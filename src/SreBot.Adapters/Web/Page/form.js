import { el, newId } from "./dom.js";

// Fields to fill in; sent as its buttons are. What is wrong stands beside its field.
export const form = (block, act) => {
  const fields = block.fields.map(field);
  const submit = el("button", { type: "submit", class: "button primary" }, block.submit);
  const node = el("form", { class: "block form", "aria-label": block.title, novalidate: true },
    el("h3", { class: "block-title" }, block.title), fields.map(entry => entry.node), el("div", { class: "buttons" }, submit));
  node.addEventListener("submit", async event => {
    event.preventDefault();
    const mistakes = await act({ verb: block.verb, value: block.value, fields: Object.fromEntries(fields.map(entry => [entry.name, entry.read()])) }, submit);
    const unknown = Object.entries(mistakes ?? {}).filter(([name]) => !fields.some(entry => entry.name === name)).map(([, sentence]) => sentence);
    for (const [index, entry] of fields.entries()) entry.tell([mistakes?.[entry.name], ...index === 0 ? unknown : []].filter(Boolean).join(" "));
    fields.find(entry => entry.isWrong())?.focus();
  });
  return node;
};

const field = block => {
  const id = `field-${newId()}`;
  const wrong = el("p", { class: "failed", role: "alert", id: `${id}-wrong`, hidden: true });
  const { node, read, focus } = inputs[block.kind](block, id);
  const label = block.kind === "choices" ? el("legend", {}, title(block)) : el("label", { for: id }, title(block));
  const parts = [label, node, block.hint && el("p", { class: "hint", id: `${id}-hint` }, block.hint), wrong];
  return {
    name: block.name,
    node: block.kind === "choices" ? el("fieldset", { class: "field" }, parts) : el("div", { class: "field" }, parts),
    read, focus,
    isWrong: () => !wrong.hidden,
    tell: sentence => {
      wrong.textContent = sentence;
      wrong.hidden = sentence.length === 0;
      node.toggleAttribute("aria-invalid", sentence.length > 0);
    },
  };
};

const title = block => block.isOptional ? `${block.label} (optional)` : block.label;

const text = (block, id) => {
  const node = el("input", { type: "text", id, name: block.name, value: block.initial?.[0] ?? "", autocomplete: "off", "aria-describedby": `${id}-hint ${id}-wrong` });
  return { node, read: () => node.value.trim() ? [node.value.trim()] : [], focus: () => node.focus() };
};

const choice = (block, id) => {
  const node = el("select", { id, name: block.name, "aria-describedby": `${id}-hint ${id}-wrong` },
    (block.isOptional || !block.initial?.length) && el("option", { value: "" }, ""),
    block.choices.map(entry => el("option", { value: entry.value, selected: block.initial?.[0] === entry.value }, entry.text)));
  return { node, read: () => node.value ? [node.value] : [], focus: () => node.focus() };
};

const choices = (block, id) => {
  const boxes = block.choices.map(entry => el("input", { type: "checkbox", name: block.name, value: entry.value, checked: block.initial?.includes(entry.value) ?? false }));
  const node = el("div", { class: "choices", "aria-describedby": `${id}-hint ${id}-wrong` }, boxes.map((box, index) => el("label", {}, box, block.choices[index].text)));
  return { node, read: () => boxes.filter(box => box.checked).map(box => box.value), focus: () => boxes[0]?.focus() };
};

const inputs = { text, choice, choices };
