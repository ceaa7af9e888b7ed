import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FolderInUse, lockFolder } from './folder-lock.ts'

let root: string
let folder: string
let file: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'regulars-lock-'))
  folder = path.join(root, 'data')
  file = path.join(folder, 'regulars.lock')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** The lock file as this process would write it, with what differs. */
function leftBehind(more: object): void {
  const lock = lockFolder(folder)
  const holder = JSON.parse(readFileSync(file, 'utf8'))
  lock.release()
  writeFileSync(file, JSON.stringify({ ...holder, ...more }))
}
const isFree = () => {
  try {
    lockFolder(folder).release()
    return true
  } catch (error) {
    if (error instanceof FolderInUse) return false
    throw error
  }
}

test('a folder has one holder, until it is released', () => {
  const lock = lockFolder(folder)
  expect(() => lockFolder(folder)).toThrow(`in use by process ${process.pid}`)
  lock.release()
  expect(existsSync(file)).toBe(false)
  expect(isFree()).toBe(true)
})

test('a process that is over holds nothing, nor does a later one of its number', () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  leftBehind({ pid, started: '1' })
  expect(isFree()).toBe(true)
  leftBehind({ started: '1' })
  expect(isFree()).toBe(true)
  leftBehind({ since: 0 })
  expect(isFree()).toBe(true)
})

test('a process of another host holds while it shows signs of life', () => {
  leftBehind({ host: 'elsewhere' })
  expect(isFree()).toBe(false)
  utimesSync(file, new Date(), new Date(Date.now() - 61_000))
  expect(isFree()).toBe(true)
})

test('a copy of a folder in use is free', () => {
  const lock = lockFolder(folder)
  cpSync(folder, path.join(root, 'copy'), { recursive: true })
  lockFolder(path.join(root, 'copy')).release()
  lock.release()
})

test('a file that says nothing holds nothing', () => {
  leftBehind({})
  for (const text of ['', '{"pid":', 'null']) {
    writeFileSync(file, text)
    expect(isFree(), text).toBe(true)
  }
})

test('a release takes away only what is its own', () => {
  const lock = lockFolder(folder)
  writeFileSync(file, 'another')
  lock.release()
  expect(readFileSync(file, 'utf8')).toBe('another')
})
