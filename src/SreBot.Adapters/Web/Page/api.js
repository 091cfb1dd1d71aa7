// Every refusal of the server is one sentence for people; so is a network that is away.
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const call = async (path, body) => {
  let response;
  try {
    response = await fetch(path, body === undefined
      ? { headers: { Accept: "application/json" } }
      : { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(body) });
  } catch {
    throw new Refusal(0, "The server cannot be reached.");
  }
  if (response.status === 204) return null;
  const json = await response.json().catch(() => null);
  if (!response.ok) throw new Refusal(response.status, json?.detail ?? (response.status === 413 ? "This message is too long." : "The server could not do that."));
  return json;
};

export const me = () => call("/console/me");
export const signIn = token => call("/console/sign-in", { token });
export const signOut = () => call("/console/sign-out", {});
export const messages = channel => call(`/console/messages?channel=${encodeURIComponent(channel)}`);
export const say = message => call("/console/messages", message);
export const act = action => call("/console/actions", action);
