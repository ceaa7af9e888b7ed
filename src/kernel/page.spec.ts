import { expect, test } from 'vitest'
import { cursor, page, pageRequest } from './page.ts'

test.each([
  [undefined, 50],
  [null, 50],
  [0, 0],
  [1, 1],
  [250, 250],
])('first: %s asks for %i', (first, expected) => {
  expect(pageRequest(first, null)).toEqual({ ok: true, value: { first: expected, after: null } })
})

test.each([-1, 251, 1.5, Number.NaN])('first: %s is refused', (first) => {
  expect(pageRequest(first, null)).toEqual({
    ok: false,
    problem: { code: 'BAD_USER_INPUT', message: 'first must be from 0 to 250.', path: ['first'] },
  })
})

test('a list may have a usual size of its own', () => {
  expect(pageRequest(undefined, undefined, { usual: 20 })).toEqual({ ok: true, value: { first: 20, after: null } })
})

test('a cursor that the list gave leads to its key', () => {
  expect(pageRequest(5, cursor('茶/42'))).toEqual({ ok: true, value: { first: 5, after: '茶/42' } })
})

test.each([
  ['nothing', ''],
  ['what is not base64url', '%%%'],
  ['another spelling of the same bytes', `${cursor('a')}=`],
])('%s is no cursor', (_, after) => {
  expect(pageRequest(5, after)).toMatchObject({ ok: false, problem: { code: 'BAD_USER_INPUT', path: ['after'] } })
})

test('the key of another list is no cursor of this one', () => {
  const isKey = (key: string) => /^\d+$/.test(key)
  expect(pageRequest(5, cursor('12'), { isKey }).ok).toBe(true)
  expect(pageRequest(5, cursor('twelve'), { isKey }).ok).toBe(false)
})

test('a row more than was asked for is not shown, and says that there is more', () => {
  const full = page(['a', 'b', 'c'], { first: 2, after: null }, (row) => row)
  expect(full).toMatchObject({ nodes: ['a', 'b'], hasNextPage: true, hasPreviousPage: false })
  expect(full.nodes.map(full.cursorOf)).toEqual([cursor('a'), cursor('b')])
  expect(page(['c', 'd'], { first: 2, after: 'b' }, (row) => row)).toMatchObject({
    nodes: ['c', 'd'],
    hasNextPage: false,
    hasPreviousPage: true,
  })
})
