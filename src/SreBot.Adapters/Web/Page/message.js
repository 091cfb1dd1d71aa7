import { el } from "./dom.js";
import { clock, exact } from "./when.js";
import { reply } from "./reply.js";

const long = 1500;

// One message as an element. `context`: { bot, act(message, button, element) }
export const messageNode = (message, context) => el("article", {
  class: `message ${message.isBot ? "bot" : "human"}${message.reply?.isPrivate ? " private" : ""}${message.pending ? " pending" : ""}`,
  "aria-label": `${message.author}, ${clock(message.at)}`, "data-id": message.id,
},
  avatar(message),
  el("div", { class: "message-main" },
    el("header", { class: "byline" },
      el("strong", {}, message.author),
      el("time", { datetime: message.at, title: exact(message.at) }, clock(message.at)),
      message.editedAt && el("span", { class: "edited", title: exact(message.editedAt) }, "edited"),
      message.reply?.isPrivate && el("span", { class: "only-you" }, "Only visible to you")),
    message.isBot && message.reply
      ? el("div", { class: "reply" }, reply(message.reply, (button, element) => context.act(message, button, element)))
      : said(message.text, context.bot)));

const avatar = message => message.isBot
  ? el("img", { class: "avatar", src: "/assets/icon.svg", alt: "", width: "24", height: "24" })
  : el("span", { class: "avatar initial", "aria-hidden": "true" }, Array.from(message.author.trim())[0]?.toUpperCase() ?? "?");

const said = (text, bot) => {
  const mention = `@${bot}`;
  const words = shown => shown.toLowerCase().startsWith(mention.toLowerCase())
    ? [el("span", { class: "mention" }, shown.slice(0, mention.length)), shown.slice(mention.length)]
    : [shown];
  if (text.length <= long) return el("p", { class: "said" }, words(text));
  const paragraph = el("p", { class: "said" }, words(text.slice(0, 600)), "…");
  const more = el("button", { type: "button", class: "plain more" }, `Show all ${text.length.toLocaleString("en")} characters`);
  more.addEventListener("click", () => { paragraph.replaceChildren(...words(text)); more.remove(); });
  return el("div", {}, paragraph, more);
};
