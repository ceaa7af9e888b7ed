import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { compiled, ownDatabase, startProgram } from '../harness/program.ts'
import { ownFile, row } from '../imports/importing.ts'

type Run = { readonly code: number; readonly stdout: string; readonly stderr: string }

let place: { env: Record<string, string>; drop: () => Promise<void> }
let folder: string

beforeAll(async () => {
  place = await ownDatabase()
  folder = await mkdtemp(path.join(tmpdir(), 'regulars-cli-'))
}, 120_000)
afterAll(async () => {
  await place.drop()
  await rm(folder, { recursive: true, force: true })
})

/** One command as it is shipped, in a process of its own that knows of the environment only what is said here. */
async function regulars(args: readonly string[], env: Readonly<Record<string, string>> = place.env): Promise<Run> {
  const main = await compiled()
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { cwd: folder, env: { PATH: process.env.PATH, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    )
  })
}

async function file(name: string, text: string): Promise<string> {
  await writeFile(path.join(folder, name), text)
  return name
}

describe('help', () => {
  test('is there for each command, without a database', async () => {
    const commands = [['serve'], ['migrate'], ['shop', 'add'], ['keys', 'add'], ['import', 'orders']]
    const runs = await Promise.all(
      commands.map((command) => regulars([...command, '--help'], { DATABASE_URL: 'postgres://127.0.0.1:1/none' })),
    )
    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(commands.map(() => [0, '']))
    for (const [i, command] of commands.entries()) expect(runs[i]?.stdout).toContain(`Usage: regulars ${command.join(' ')}`)
  })

  test('has examples and the exit codes', async () => {
    expect((await regulars(['--help'])).stdout).toMatch(/Exit codes:[\s\S]*0 {2}done[\s\S]*Examples:\n {2}regulars serve/)
    expect((await regulars(['import', 'orders', '--help'])).stdout).toMatch(/Exit codes:[\s\S]*Examples:\n {2}regulars import orders/)
  })
})

describe('wrong usage ends with 2 and one sentence', () => {
  test.each([
    [['sreve'], {}, /unknown command 'sreve'[\s\S]*serve/],
    [['import', 'orders'], {}, /missing required argument 'file'/],
    [['import', 'orders', 'x.csv', '--format', 'excel'], {}, /Allowed choices are regulars, taobao, shopify/],
    [['import', 'orders', 'x.csv', '--format', 'taobao', '--map', 'm.json'], {}, /cannot be used with/],
    [['keys', 'add', '--kind', 'PLUGIN'], {}, /required option '--name/],
    [['keys', 'add', '--kind', 'PLUGIN', '--name', 'x', '--expires-at', 'soon'], {}, /--expires-at must be an instant/],
    [['keys', 'list', '--shop', 'nowhere'], {}, /There is no shop "nowhere"; there is main/],
    [['serve'], { REGULARS_TRUSTED_PROXIES: '10.0.0.0/8, nginx' }, /REGULARS_TRUSTED_PROXIES must be [^\n]*; "nginx" is neither\.\n$/],
    [['migrate'], { LOG_LEVEL: 'loud', PORT: 'x' }, /PORT must be[\s\S]*LOG_LEVEL must be/],
  ])('regulars %j', async (args, env, message) => {
    const { code, stdout, stderr } = await regulars(args, { ...place.env, ...env })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})

test('a database that is not there ends with 1 and one sentence', async () => {
  const { code, stderr } = await regulars(['migrate'], { DATABASE_URL: 'postgres://127.0.0.1:1/none' })
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^regulars: The database server of DATABASE_URL cannot be reached: .*\n$/)])
})

test('shops and keys are made, shown and taken back', async () => {
  const added = await regulars(['shop', 'add', 'uk', '--name', 'UK shop', '--currency', 'GBP', '--time-zone', 'Europe/London'])
  expect(added.code).toBe(0)
  expect(added.stdout).toMatch(/regulars_admin_uk_\S{43}_[0-9a-f]{8}/)
  expect((await regulars(['shop'])).stdout).toMatch(/^uk +UK shop +GBP +Europe\/London$/m)
  expect(await regulars(['shop', 'add', 'uk', '--name', 'x', '--currency', 'GBP', '--time-zone', 'Europe/London'])).toMatchObject({
    code: 1,
  })

  const key = await regulars(['keys', 'add', '--shop', 'uk', '--kind', 'PLUGIN', '--name', 'web shop'])
  expect(key.stdout).toMatch(/regulars_plugin_uk_/)
  const listed = (await regulars(['keys', '--shop', 'uk'])).stdout
  const id = /^(\S+) +PLUGIN +web shop/m.exec(listed)?.[1] ?? ''
  expect(await regulars(['keys', 'revoke', id, '--shop', 'uk'])).toMatchObject({ code: 0 })
  expect((await regulars(['keys', 'list', '--shop', 'uk'])).stdout).not.toContain('web shop')
  expect(await regulars(['keys', 'revoke', id, '--shop', 'uk'])).toMatchObject({ code: 1 })
})

describe('regulars import orders', () => {
  test('says what it did, and that a second time there is nothing to do', async () => {
    const good = await file('good.csv', ownFile(row('o1'), row('o2', { customer_id: 'bo' })))
    const tried = await regulars(['import', 'orders', good, '--dry-run'])
    expect([tried.code, tried.stdout]).toEqual([
      0,
      expect.stringMatching(/^Tried only, nothing was changed[\s\S]*2 of 2 lines, 2 new[\s\S]*2 orders, CNY 40\.00/),
    ])
    expect((await regulars(['import', 'orders', good])).stdout).toMatch(/^Imported good\.csv into shop "main"[\s\S]*2 new, 0 corrected/)
    expect((await regulars(['import', 'orders', good])).stdout).toMatch(/0 new, 0 corrected, 2 unchanged/)
    expect(existsSync(path.join(folder, 'good.rejects.csv'))).toBe(false)
  })

  test('with rejected rows ends with 3, and has written them beside the file', async () => {
    const bad = await file('bad.csv', ownFile(row('b1'), row('b2', { quantity: 0 })))
    const { code, stdout, stderr } = await regulars(['import', 'orders', bad])
    expect(code).toBe(3)
    expect(stdout).toMatch(/1 new[\s\S]*Rejects +bad\.rejects\.csv/)
    expect(stderr).toBe('regulars: 1 row was rejected; see bad.rejects.csv for the reasons.\n')
    expect(await readFile(path.join(folder, 'bad.rejects.csv'), 'utf8')).toMatch(/^\ufeffline,reason,order_id,[\s\S]*\r\n3,[\s\S]*,b2,/)
  })

  test.each([
    ['a file that is not there', ['nowhere.csv'], /There is no file nowhere\.csv/],
    ['a folder', ['.'], /is no file/],
    ['a mapping that is none', ['some.csv', '--map', 'broken.json'], /broken\.json is no JSON/],
    ['a mapping with a fault', ['some.csv', '--map', 'faulty.json'], /In faulty\.json: order must be an object/],
    ['columns that do not fit', ['some.csv', '--format', 'taobao'], /The file lacks the columns/],
    ['an encoding that is none', ['some.csv', '--encoding', 'klingon'], /no encoding "klingon"/],
    ['rejects into the file itself', ['some.csv', '--rejects', './some.csv'], /cannot go into the file that they come from/],
    ['rejects into a folder that is not there', ['some.csv', '--rejects', 'no/where.csv'], /cannot be written/],
  ])('%s: ends with 2 and a sentence', async (_, args, message) => {
    await file('some.csv', ownFile(row('s1')))
    await file('broken.json', '{')
    await file('faulty.json', '{}')
    const { code, stdout, stderr } = await regulars(['import', 'orders', ...args])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})

describe.runIf(inject('template') === null)('the folder of an embedded database', () => {
  test('is one process at a time; one that was killed holds it no longer', async () => {
    const own = await ownDatabase()
    try {
      {
        await using server = await startProgram(own.env)
        const second = await regulars(['shop'], own.env)
        expect(second).toMatchObject({ code: 1, stdout: '' })
        expect(second.stderr).toContain(`in use by process ${server.process.pid}: the embedded database takes one process at a time`)
        server.process.kill('SIGKILL')
        await server.ended
      }
      expect(existsSync(path.join(own.env.REGULARS_DATA_DIR ?? '', 'regulars.lock'))).toBe(true)
      expect((await regulars(['shop'], own.env)).code).toBe(0)
      expect(existsSync(path.join(own.env.REGULARS_DATA_DIR ?? '', 'regulars.lock'))).toBe(false)
    } finally {
      await own.drop()
    }
  })
})
