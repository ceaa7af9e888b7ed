import { type Memory, slot } from './memory.ts'

const URL_OF = slot<{ url: string | null }>(() => ({ url: null }))

/** Said once by whoever starts a process. */
export const usePublicUrl = (memory: Memory, url: string | null): void => {
  memory.of(URL_OF).url = url
}

/** Where customers reach this server, without a slash at the end; null: nobody said, and nothing that leads here can be written. */
export const publicUrl = (memory: Memory): string | null => memory.of(URL_OF).url
