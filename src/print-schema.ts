import { writeFile } from 'node:fs/promises'
import { buildApi, printApi } from './api/shared/schema.ts'
import { APIS } from './registry.ts'

// Prints both APIs from the code into the files that are committed: npm run schema.
for (const [api, resolvers] of APIS) await writeFile(`schema/${api}.graphql`, printApi(await buildApi(resolvers)))
