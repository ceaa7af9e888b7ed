import { readFile } from 'node:fs/promises'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** A fenced piece of a document: what is behind the opening fence, and what is inside. */
export type Block = { readonly info: string; readonly text: string }

/** One of the project's documents, by its path from the root. */
export async function readDocument(file: string): Promise<{ text: string; blocks: Block[] }> {
  const text = await readFile(path.join(ROOT, file), 'utf8')
  const blocks = [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, info = '', inside = '']) => ({
    info: info.trim(),
    text: inside,
  }))
  return { text, blocks }
}

/** Fenced with "bash runnable": what a reader may paste as it stands. */
export const isRunnable = (block: Block): boolean => block.info === 'bash runnable'
