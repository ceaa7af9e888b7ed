import { expect, test, vi } from 'vitest'
import { Fresh } from './fresh.ts'

const later = <T>() => Promise.withResolvers<T>()

test('whoever asks for the same at the same time is answered by one read', async () => {
  const fresh = new Fresh<number>(10)
  const answer = later<(number | null)[]>()
  const read = vi.fn((_: readonly string[]) => answer.promise)
  const both = Promise.all([fresh.getMany(['a', 'b'], read), fresh.getMany(['b', 'a'], read)])
  answer.resolve([1, null])
  expect(await both).toEqual([
    [1, null],
    [null, 1],
  ])
  expect(read).toHaveBeenCalledTimes(1)
  expect(fresh.peek('a')).toBe(1)
  expect(fresh.peek('b')).toBe(null)
})

test('a read that was under way when something was dropped is neither kept nor shared', async () => {
  const fresh = new Fresh<string>(10)
  const slow = later<string[]>()
  const before = fresh.getMany(['a'], () => slow.promise)
  fresh.drop(['a'])
  const after = fresh.getMany(['a'], async () => ['new'])
  slow.resolve(['old'])
  expect(await before).toEqual(['old'])
  expect(await after).toEqual(['new'])
  expect(fresh.peek('a')).toBe('new')
})

test('a read that failed is tried again by the next who asks', async () => {
  const fresh = new Fresh<number>(10)
  await expect(fresh.get('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down')
  expect(await fresh.get('a', async () => 5)).toBe(5)
})

test('what is kept is forgotten within a second', async () => {
  const fresh = new Fresh<number>(10)
  await fresh.get('a', async () => 1)
  await new Promise((wait) => setTimeout(wait, 1_000))
  expect(fresh.peek('a')).toBe(undefined)
})
