import { Client } from 'pg'

const SERVER = process.env.MEDUSA_TEST_SERVER ?? process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'

export const urlOf = (name: string): string => {
  const url = new URL(SERVER)
  url.pathname = `/${name}`
  return url.href
}

export async function createDatabase(name: string, template = 'template1'): Promise<string> {
  await run(`create database "${name}" template "${template}"`)
  return urlOf(name)
}

export const dropDatabase = (name: string): Promise<void> => run(`drop database if exists "${name}" with (force)`)

async function run(sql: string): Promise<void> {
  const client = new Client({ connectionString: SERVER })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
