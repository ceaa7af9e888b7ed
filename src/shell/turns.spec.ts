import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

/** Acts that end when they are told to, and what is under way meanwhile. */
function acts() {
  const under = new Set<string>()
  const ends = new Map<string, (error?: Error) => void>()
  const act = (name: string) => () =>
    new Promise<string>((done, fail) => {
      under.add(name)
      ends.set(name, (error) => {
        under.delete(name)
        if (error) fail(error)
        else done(name)
      })
    })
  const settle = () => new Promise((done) => setImmediate(done))
  const end = async (name: string, error?: Error) => {
    ends.get(name)?.(error)
    await settle()
  }
  return { act, end, settle, now: () => [...under] }
}

test('a shop has one turn at a time, other shops theirs beside it, and the process no more than it can bear', async () => {
  const turns = new Turns(2)
  const { act, end, settle, now } = acts()
  const all = [turns.take(1, act('a1')), turns.take(1, act('a2')), turns.take(2, act('b')), turns.take(3, act('c'))]
  await settle()
  expect(now()).toEqual(['a1', 'b'])
  await end('b')
  expect(now()).toEqual(['a1', 'c'])
  await end('a1')
  expect(now()).toEqual(['c', 'a2'])
  await end('c')
  await end('a2')
  expect(await Promise.all(all)).toEqual(['a1', 'a2', 'b', 'c'])
})

test('what fails is told to who asked, and the next has its turn', async () => {
  const turns = new Turns(1)
  const { act, end, settle, now } = acts()
  const failing = turns.take(1, act('first')).catch((error: Error) => error.message)
  const next = turns.take(1, act('second'))
  await settle()
  await end('first', new Error('no'))
  expect(await failing).toBe('no')
  expect(now()).toEqual(['second'])
  await end('second')
  expect(await next).toBe('second')
})
