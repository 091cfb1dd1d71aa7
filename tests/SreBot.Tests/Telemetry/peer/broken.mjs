// Reads an answer whose second half is an error.
import { createClient } from '@clickhouse/client'

const [url, username, password] = process.argv.slice(2)
const client = createClient({ url, username, password })
try {
  const result = await client.query({ query: 'SELECT number FROM numbers(1000)', format: 'JSONEachRow' })
  await result.json()
  console.log('no error')
} catch (error) {
  console.log(`error ${error.code} ${error.type}`)
}
await client.close()
