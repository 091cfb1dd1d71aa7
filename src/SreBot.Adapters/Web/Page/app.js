import * as api from "./api.js";
import { byId, el, newId } from "./dom.js";
import { Conversation } from "./conversation.js";
import { Stream } from "./stream.js";
import { Follow } from "./follow.js";

let visitor, bot, channel, stream, bannerTimer;

// --- what one writes

const writes = (form, field, send) => {
  const button = form.querySelector("button[type=submit]");
  const fit = () => {
    button.disabled = !field.value.trim();
    field.style.height = "";
    if (field.value) field.style.height = `${Math.min(field.scrollHeight, 240)}px`;
  };
  const submit = () => {
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    fit();
    send(text);
  };
  field.addEventListener("input", fit);
  field.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener("submit", event => { event.preventDefault(); submit(); });
  fit();
};

const say = (text, threadId = null) => {
  const draft = { id: newId(), channel, text, threadId, author: visitor.name };
  conversation.addPending(draft);
  suggest();
  follow.toEnd();
  const send = async () => {
    try {
      show(conversation.stored(draft.id, await api.say({ id: draft.id, channel: draft.channel, text, threadId })));
    } catch (refusal) {
      if (refusal.status === 401) return start();
      conversation.failed(draft.id, refusal.message, send);
    }
  };
  send();
};

// --- what one clicks

// A form's mistakes come back, by field; a button's answer is shown.
const act = async (message, button, element) => {
  const row = element.parentElement;
  row.querySelector(".failed")?.remove();
  const all = [...row.querySelectorAll("button")];
  for (const other of all) other.disabled = true;
  element.classList.add("running");
  element.setAttribute("aria-busy", "true");
  try {
    const answer = await api.act({ id: newId(), channel, verb: button.verb, value: button.value, fields: button.fields, messageId: message.id, threadId: message.threadId });
    if (answer?.mistakes) return answer.mistakes;
    if (answer) {
      const node = conversation.put(answer);
      conversation.thread(answer.threadId)?.unfold();
      show(node);
    }
  } catch (refusal) {
    if (refusal.status === 401) return start();
    row.append(el("p", { class: "failed", role: "alert" }, refusal.message));
  } finally {
    element.classList.remove("running");
    element.removeAttribute("aria-busy");
    for (const other of all) other.disabled = false;
  }
};

const conversation = new Conversation(byId("log"), { get bot() { return bot; }, act, say, writes });
const follow = new Follow(byId("scroll"), byId("log"), byId("jump"));

const show = node => {
  suggest();
  if (node) follow.added(node);
};

// --- what one may ask first

const suggest = () => {
  byId("empty").hidden = !conversation.isEmpty;
  byId("chips").hidden = conversation.isEmpty || conversation.hasQuestions || visitor.firstQuestions.length === 0;
};

const questions = (list, look) => list.replaceChildren(...visitor.firstQuestions.map(question =>
  el("li", {}, el("button", { type: "button", class: look, onclick: () => say(question) }, el("span", {}, question)))));

// --- one channel

const open = async name => {
  channel = name;
  stream?.close();
  conversation.clear();
  byId("channel").textContent = name;
  document.title = `#${name} · ${byId("product").textContent}`;
  for (const item of byId("channels").querySelectorAll("a")) item.setAttribute("aria-current", item.dataset.channel === name ? "page" : "false");
  rail(false);
  let messages;
  try {
    messages = await api.messages(name);
  } catch (refusal) {
    if (refusal.status === 401) return start();
    connection("lost");
    setTimeout(() => { if (channel === name) open(name); }, 2000);
    return;
  }
  if (channel !== name) return;
  for (const message of [...messages].sort((a, b) => a.id - b.id)) conversation.put(message);
  suggest();
  follow.toEnd();
  stream = new Stream(name, Math.max(0, ...messages.map(message => message.revision)), {
    state: connection,
    message: message => show(conversation.put(message)),
    progress: progress => { if (conversation.progress(progress)) follow.grown(); },
    mayReopen: async () => {
      const session = await api.me().catch(() => undefined);
      if (session && !session.visitor) start();
      return session === undefined || Boolean(session.visitor);
    },
  });
};

// A short gap is nobody's business: the banner waits.
const connection = state => {
  byId("live").dataset.state = state;
  byId("live-text").textContent = state === "live" ? "Live" : "Reconnecting";
  if (state === "live") {
    clearTimeout(bannerTimer);
    bannerTimer = undefined;
    byId("banner").hidden = true;
  } else {
    bannerTimer ??= setTimeout(() => {
      byId("banner").textContent = "Connection lost. Reconnecting…";
      byId("banner").hidden = false;
    }, 1500);
  }
};

// --- the frame around it

const rail = isOpen => {
  document.body.classList.toggle("rail-open", isOpen);
  byId("menu").setAttribute("aria-expanded", String(isOpen));
};

const themes = [...byId("theme").querySelectorAll("button")];
const theme = choice => {
  if (choice) window.consoleTheme.choice = choice;
  for (const button of themes) button.setAttribute("aria-checked", String(button.dataset.themeChoice === window.consoleTheme.choice));
};
for (const button of themes) button.addEventListener("click", () => theme(button.dataset.themeChoice));
byId("theme").addEventListener("keydown", event => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = themes[(themes.indexOf(document.activeElement) + step + themes.length) % themes.length];
  next.focus();
  theme(next.dataset.themeChoice);
});

byId("menu").addEventListener("click", () => rail(!document.body.classList.contains("rail-open")));
byId("veil").addEventListener("click", () => rail(false));
addEventListener("keydown", event => { if (event.key === "Escape") rail(false); });
addEventListener("hashchange", () => {
  const name = decodeURIComponent(location.hash.slice(1));
  if (visitor?.channels.includes(name) && name !== channel) open(name);
});

byId("sign-in-form").addEventListener("submit", async event => {
  event.preventDefault();
  byId("sign-in-error").textContent = "";
  try {
    await api.signIn(byId("token").value);
    byId("token").value = "";
    start();
  } catch (refusal) {
    byId("sign-in-error").textContent = refusal.message;
  }
});

byId("session").addEventListener("click", async () => {
  if (visitor.isDemo) return showSignIn();
  await api.signOut().catch(() => null);
  location.reload();
});

writes(byId("composer"), byId("composer-text"), text => say(text));

const showSignIn = () => {
  stream?.close();
  byId("shell").hidden = true;
  byId("sign-in").hidden = false;
  byId("token").focus();
};

const start = async () => {
  let session;
  try {
    session = await api.me();
  } catch {
    setTimeout(start, 2000);
    return;
  }
  ({ visitor, botName: bot } = session);
  byId("sign-in-hint").textContent = session.signInHint;
  if (!visitor) return showSignIn();
  visitor.name ??= "You";
  byId("sign-in").hidden = true;
  byId("shell").hidden = false;
  byId("organization").textContent = visitor.organizationName;
  byId("person").textContent = visitor.name;
  byId("session").textContent = visitor.isDemo ? "Sign in" : "Sign out";
  byId("demo").hidden = byId("demo-phone").hidden = !visitor.isDemo;
  byId("welcome").textContent = visitor.welcome || "What would you like to know?";
  byId("composer-text").placeholder = visitor.placeholder;
  byId("channels").replaceChildren(...visitor.channels.map(name =>
    el("li", {}, el("a", { href: `#${encodeURIComponent(name)}`, "data-channel": name, onclick: () => rail(false) }, el("span", { class: "hash", "aria-hidden": "true" }, "#"), name))));
  questions(byId("questions"), "question");
  questions(byId("chips"), "chip");
  const wanted = decodeURIComponent(location.hash.slice(1));
  const first = visitor.channels.includes(wanted) ? wanted : visitor.channels[0];
  if (first) open(first);
  if (matchMedia("(hover: hover)").matches) byId("composer-text").focus(); // not on a phone, where a keyboard would cover the page
};

theme();
start();
