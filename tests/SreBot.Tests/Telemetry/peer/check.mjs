// The official client against an address: every line that it prints is what a reader of the test expects.
import { createClient } from '@clickhouse/client'

const [url, username, password, database] = process.argv.slice(2)
const settings = { url, username, password, database, compression: { request: true, response: true } }
const client = createClient(settings)
const say = (name, value) => console.log(`${name} ${JSON.stringify(value)}`)

say('ping', (await client.ping()).success)
await client.command({ query: 'CREATE TABLE peer (id UInt32, name String, tags Array(String), at DateTime64(3, \'UTC\')) ENGINE = MergeTree ORDER BY id' })
const inserted = await client.insert({
  table: 'peer',
  format: 'JSONEachRow',
  values: [
    { id: 1, name: "it's \\ ☕", tags: ['a', "b'c"], at: '2026-03-01 10:00:00.123' },
    { id: 2, name: 'plain', tags: [], at: '2026-03-01 10:00:01.000' },
  ],
})
say('inserted', inserted.executed)

const rows = await client.query({
  query: 'SELECT * FROM peer WHERE name = {name:String} AND hasAll(tags, {tags:Array(String)}) AND at < {to:DateTime64(3)}',
  format: 'JSONEachRow',
  query_params: { name: "it's \\ ☕", tags: ["b'c"], to: new Date('2026-03-02T00:00:00Z') },
})
say('rows', await rows.json())
say('encoding', rows.response_headers['x-clickhouse-format'])

const whole = await client.query({ query: 'SELECT count() AS n FROM peer', format: 'JSON' })
say('json', (await whole.json()).data)

let streamed = 0
const stream = (await client.query({ query: 'SELECT number FROM numbers({n:UInt32})', format: 'JSONCompactEachRow', query_params: { n: 50000 } })).stream()
for await (const chunk of stream) streamed += chunk.length
say('streamed', streamed)

const fault = async (name, work) => {
  try {
    await work()
    say(name, 'no error')
  } catch (error) {
    say(name, { code: error.code, type: error.type })
  }
}
await fault('syntax', () => client.query({ query: 'SELEC 1' }))
await fault('table', () => client.query({ query: 'SELECT * FROM nowhere' }))
await fault('limit', () => client.query({ query: 'SELECT number FROM numbers(1000)', clickhouse_settings: { max_result_rows: '10' } }))
await fault('readonly', () => client.command({ query: 'DROP TABLE peer', clickhouse_settings: { readonly: '1' } }))

const stranger = createClient({ ...settings, password: 'wrong' })
await fault('password', () => stranger.query({ query: 'SELECT 1' }))
await stranger.close()
await client.close()
