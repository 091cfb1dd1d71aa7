// Elements are built by hand and text is only ever text: nothing on this page parses markup that it was sent.
export const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return node;
};

export const byId = id => document.getElementById(id);

// Only the web and this site's own paths; anything else, such as javascript:, is shown as text.
export const safeUrl = url => {
  if (typeof url !== "string") return null;
  if (/^\/(?![\/\\])/.test(url)) return url;
  try {
    const parsed = new URL(url);
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
  } catch {
    return null;
  }
};

export const link = (url, attributes, ...children) => {
  const safe = safeUrl(url);
  return safe ? el("a", { href: safe, target: "_blank", rel: "noopener", ...attributes }, ...children) : el("span", {}, ...children);
};

export const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
};
