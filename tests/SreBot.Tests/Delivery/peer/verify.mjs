// node verify.mjs SECRET ID TIMESTAMP SIGNATURE BODY: checks a webhook with the library of standardwebhooks.com; prints what it holds, or fails.
import { Webhook } from "standardwebhooks";

const [secret, id, timestamp, signature, body] = process.argv.slice(2);
const event = new Webhook(secret).verify(body, { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature });
console.log(event.type);
