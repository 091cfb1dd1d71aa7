// node serve.mjs MODE CERT KEY: an SMTP server on a free port of 127.0.0.1 that takes the user "bot" with the password "right".
// MODE: starttls (offers STARTTLS), tls (TLS from the first byte), plain (no TLS, no password). Prints its port; every mail that arrives fails the run.
import { readFileSync } from "node:fs";
import { SMTPServer } from "smtp-server";

const [mode, cert, key] = process.argv.slice(2);
const server = new SMTPServer({
  secure: mode === "tls",
  ...(mode === "plain" ? { disabledCommands: ["STARTTLS", "AUTH"] } : { cert: readFileSync(cert), key: readFileSync(key) }),
  onAuth: (auth, session, done) => (auth.username === "bot" && auth.password === "right" && session.secure ? done(null, { user: "bot" }) : done(new Error("wrong user or password"))),
  onData: () => process.exit(1),
});
server.on("error", () => {}); // a client that does not trust the certificate ends the connection
server.listen(0, "127.0.0.1", () => console.log(server.server.address().port));
