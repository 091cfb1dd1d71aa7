// node serve.mjs MODE CERT KEY FOLDER: an SMTP server on a free port of 127.0.0.1 that takes the user "bot" with the password "right".
// MODE: starttls (offers STARTTLS), tls (TLS from the first byte), plain (no TLS, no password). Prints its port. Each mail that arrives is parsed by mailparser
// and written to FOLDER/n.json. Mail to nobody@ is refused, to later@ taken at the second try, to full@ is too large; to drop@ it is kept, and the connection ended.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const [mode, cert, key, folder] = process.argv.slice(2);
const seen = new Set();
let count = 0;

const refusal = (code, sentence) => Object.assign(new Error(sentence), { responseCode: code });
const isFirst = (word) => !seen.has(word) && seen.add(word);
const localPart = (session) => session.envelope.rcptTo[0].address.split("@")[0];

function faults(raw) {
  const text = raw.toString("latin1");
  return [
    /[^\r]\n|\r[^\n]/.test(text) && "a line does not end in CRLF",
    /[^\x00-\x7f]/.test(text) && "a byte is not ASCII",
    text.split("\r\n").some((line) => line.length > 78) && "a line is longer than 78",
  ].filter(Boolean);
}

async function keep(raw, session) {
  const mail = await simpleParser(raw, { skipImageLinks: true });
  const kept = {
    from: mail.from.text, to: mail.to.text, sender: session.envelope.mailFrom.address, recipient: session.envelope.rcptTo[0].address, subject: mail.subject, text: mail.text, html: mail.html || "",
    id: mail.messageId, answers: mail.inReplyTo ?? "", references: [mail.references ?? []].flat(), headers: mail.headerLines.map((header) => header.key), isSecure: session.secure,
    user: session.user ?? "", faults: faults(raw),
    pictures: mail.attachments.map((picture) => ({ id: picture.cid, type: picture.contentType, isPng: picture.content.subarray(1, 4).toString() === "PNG" })),
  };
  const file = `${folder}/${++count}.json`;
  writeFileSync(`${file}.part`, JSON.stringify(kept));
  renameSync(`${file}.part`, file);
}

const server = new SMTPServer({
  secure: mode === "tls",
  authOptional: true,
  ...(mode === "plain" ? { disabledCommands: ["STARTTLS", "AUTH"] } : { cert: readFileSync(cert), key: readFileSync(key) }),
  onAuth: (auth, session, done) => (auth.username === "bot" && auth.password === "right" && session.secure ? done(null, { user: "bot" }) : done(new Error("wrong user or password"))),
  onRcptTo: ({ address }, session, done) =>
    done(address.startsWith("nobody@") ? refusal(550, "There is nobody of that name here") : address.startsWith("later@") && isFirst("later") ? refusal(451, "Greylisted, come back later") : null),
  onData: async (stream, session, done) => {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    if (localPart(session) === "full") return done(refusal(552, "That mail is too large"));
    await keep(Buffer.concat(chunks), session);
    if (localPart(session) === "drop" && isFirst("drop")) return [...server.connections].find((connection) => connection.session === session)._socket.destroy();
    done();
  },
});
server.on("error", () => {}); // a client that does not trust the certificate ends the connection
server.listen(0, "127.0.0.1", () => console.log(server.server.address().port));
