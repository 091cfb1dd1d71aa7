import { el } from "./dom.js";
import { messageNode } from "./message.js";
import { Thread } from "./thread.js";

// The threads of one channel, by the age of their first message.
export class Conversation {
  #log;
  #context;
  #threads = new Map(); // root id -> Thread
  #pending = new Map(); // client id -> { draft, node }

  constructor(log, context) {
    this.#log = log;
    this.#context = context;
  }

  clear() {
    for (const thread of this.#threads.values()) thread.dispose();
    this.#threads.clear();
    this.#pending.clear();
    this.#log.replaceChildren();
  }

  get isEmpty() { return this.#threads.size === 0 && this.#pending.size === 0; }

  get hasQuestions() { return this.#pending.size > 0 || [...this.#threads.values()].some(thread => [...thread.messages].some(message => !message.isBot)); }

  // Returns the element, or null when this revision is shown already.
  put(message) {
    const thread = this.#thread(message.threadId ?? message.id);
    if (!message.isBot) this.#drop([...this.#pending].find(([, { draft }]) => draft.text === message.text && draft.threadId === message.threadId && draft.author === message.author)?.[0]);
    const node = thread.put(message);
    if (node) this.#days();
    return node;
  }

  #thread(rootId) {
    const known = this.#threads.get(rootId);
    if (known) return known;
    const thread = new Thread(rootId, this.#context);
    const next = [...this.#threads.keys()].filter(id => id > rootId).sort((a, b) => a - b)[0];
    const firstPending = [...this.#log.children].find(child => child.classList.contains("pending-root"));
    this.#log.insertBefore(thread.node, this.#threads.get(next)?.node ?? firstPending ?? null);
    this.#threads.set(rootId, thread);
    return thread;
  }

  #days() {
    let before;
    for (const [, thread] of [...this.#threads].sort(([a], [b]) => a - b)) {
      thread.day.hidden = thread.dayKey === before;
      before = thread.dayKey;
    }
  }

  progress({ thread, text }) {
    const known = this.#threads.get(Number(thread));
    known?.working(text);
    return known?.work ?? null;
  }

  thread(rootId) { return this.#threads.get(rootId); }

  // What was typed is there at once; the stored message replaces it.
  addPending(draft) {
    const message = messageNode({ ...draft, id: "", isBot: false, pending: true, at: new Date().toISOString() }, this.#context);
    const thread = draft.threadId === null ? null : this.#threads.get(draft.threadId);
    const node = thread ? message : el("section", { class: "thread pending-root" }, message);
    if (thread) thread.addPending(node);
    else this.#log.append(node);
    this.#pending.set(draft.id, { draft, node });
    return node;
  }

  stored(id, message) {
    this.#drop(id);
    return this.put(message);
  }

  failed(id, sentence, again) {
    const node = this.#pending.get(id)?.node;
    if (!node) return;
    const notice = el("p", { class: "failed", role: "alert" }, `Not sent. ${sentence} `);
    notice.append(el("button", { type: "button", class: "plain", onclick: () => { notice.remove(); again(); } }, "Send again"));
    (node.querySelector(".message-main") ?? node).append(notice);
  }

  #drop(id) {
    this.#pending.get(id)?.node.remove();
    this.#pending.delete(id);
  }
}
