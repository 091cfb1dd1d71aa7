import { el } from "./dom.js";
import { clock, dayKey, dayName } from "./when.js";
import { forget } from "./plot.js";
import { messageNode } from "./message.js";

const patience = 180_000; // ms without a sign of work before the page stops saying that work goes on

// A message and what was answered to it. Notifications start folded; questions start open.
export class Thread {
  #context;
  #nodes = new Map(); // message id -> element
  #messages = new Map();
  #timer;

  constructor(rootId, context) {
    this.rootId = rootId;
    this.#context = context;
    this.day = el("h2", { class: "day" });
    this.root = el("div", { class: "thread-root" });
    this.list = el("div", { class: "thread-replies" });
    this.fold = el("button", { type: "button", class: "plain fold", "aria-expanded": "false", onclick: () => this.#setFolded(!this.folded) });
    this.work = el("p", { class: "work", role: "status", hidden: true }, el("i", { "aria-hidden": "true" }), el("span", {}));
    this.answer = el("button", { type: "button", class: "plain answer", onclick: () => this.#write() }, "Reply");
    this.node = el("section", { class: "thread", "aria-label": "Thread" }, this.day, this.root, this.fold, this.list, this.work, this.answer);
  }

  get messages() { return this.#messages.values(); }

  put(message) {
    const known = this.#messages.get(message.id);
    if (known && known.revision >= message.revision) return null;
    const node = messageNode(message, this.#context);
    const old = this.#nodes.get(message.id);
    this.#messages.set(message.id, message);
    this.#nodes.set(message.id, node);
    if (old) {
      forget(old);
      old.replaceWith(node);
    } else if (message.id === this.rootId) {
      this.root.replaceChildren(node);
    } else {
      const next = [...this.list.children].find(other => Number(other.dataset.id) > message.id);
      this.list.insertBefore(node, next ?? null);
    }
    this.#settle(message, Boolean(old));
    return node;
  }

  #settle(message, isEdit) {
    if (message.isBot && !isEdit) this.idle();
    else if (!message.isBot && message.id === Math.max(...this.#messages.keys())) this.working("Working", Date.now() - Date.parse(message.at));
    if (this.folded === undefined || !message.isBot) this.#setFolded(this.isNotification && ![...this.messages].some(other => !other.isBot));
    this.#count();
    const first = this.#messages.get(this.rootId) ?? message;
    this.day.textContent = dayName(first.at);
    this.dayKey = dayKey(first.at);
  }

  get isNotification() { return this.#messages.get(this.rootId)?.isBot ?? false; }

  unfold() { this.#setFolded(false); }

  #setFolded(folded) {
    this.folded = folded;
    this.#count();
  }

  #count() {
    const replies = [...this.messages].filter(message => message.id !== this.rootId);
    const last = replies.at(-1);
    this.fold.hidden = !this.isNotification || replies.length === 0;
    this.fold.textContent = last ? `${replies.length} ${replies.length === 1 ? "reply" : "replies"} · last ${clock(last.at)}` : "";
    this.fold.setAttribute("aria-expanded", String(!this.folded));
    this.list.hidden = replies.length === 0 && this.list.childElementCount === 0 || this.folded && !this.fold.hidden;
    this.node.classList.toggle("has-replies", replies.length > 0 && !this.list.hidden);
  }

  working(text, age = 0) {
    clearTimeout(this.#timer);
    if (age >= patience) return;
    this.work.lastChild.textContent = text.replace(/[\s.…]+$/u, "");
    this.work.hidden = false;
    this.#timer = setTimeout(() => this.idle(), patience - age);
  }

  idle() {
    clearTimeout(this.#timer);
    this.work.hidden = true;
  }

  #write() {
    const field = el("textarea", { rows: "1", "aria-label": "Reply in this thread", placeholder: "Reply in this thread" });
    const form = el("form", { class: "composer small" }, field, el("button", { class: "button primary", type: "submit" }, "Reply"));
    const close = () => { form.replaceWith(this.answer); this.answer.focus(); };
    this.#context.writes(form, field, text => { this.#context.say(text, this.rootId); close(); });
    field.addEventListener("keydown", event => { if (event.key === "Escape") close(); });
    field.addEventListener("blur", () => { if (!field.value.trim()) setTimeout(() => { if (form.isConnected && !form.contains(document.activeElement)) form.replaceWith(this.answer); }, 150); });
    this.answer.replaceWith(form);
    field.focus();
  }

  addPending(node) {
    this.unfold();
    this.list.append(node);
    this.list.hidden = false;
  }

  dispose() {
    clearTimeout(this.#timer);
    forget(this.node);
  }
}
