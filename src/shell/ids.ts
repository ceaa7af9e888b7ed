import { v7 } from 'uuid'

/** A new id, made here and not in the database: version 7, so that rows of one time lie together (RFC 9562). */
export const newId = (): string => v7()
