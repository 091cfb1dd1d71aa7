// Whether Slack's own library takes each request of a JSON list on stdin; prints one word a line.
import { verifySlackRequest } from '@slack/bolt';
import { text } from 'node:stream/consumers';

for (const { secret, now, timestamp, signature, body } of JSON.parse(await text(process.stdin))) {
  try {
    verifySlackRequest({ signingSecret: secret, nowMilliseconds: now * 1000, body, headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature } });
    console.log('accept');
  } catch {
    console.log('reject');
  }
}
