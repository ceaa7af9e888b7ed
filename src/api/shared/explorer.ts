import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ApiName } from './server.ts'

type File = { readonly type: string; readonly etag: string; readonly plain: Buffer; readonly zipped: Buffer }

const AT = '/graphiql'
const WORKERS = { editorWorkerService: 'editor.worker.js', json: 'json.worker.js', graphql: 'graphql.worker.js' }

/** Nothing from elsewhere is loaded, asked or framed. Monaco, the editor, writes styles into the page as it runs. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Whether a person opened the API's address in a browser. */
export const isPerson = (request: FastifyRequest): boolean =>
  request.method === 'GET' && (request.headers.accept?.includes('text/html') ?? false)

/** GraphiQL on an API: to read its schema and try it, without the internet. */
export function showExplorer(reply: FastifyReply, api: ApiName): FastifyReply {
  return reply
    .headers({
      'content-security-policy': POLICY,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
      vary: 'accept',
    })
    .type('text/html; charset=utf-8')
    .send(page(api))
}

const page = (api: ApiName) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Regulars: ${api} API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${AT}/graphiql.css">
<script src="${AT}/graphiql.js" defer></script>
</head>
<body class="no-focus-outline">
<noscript>This page needs JavaScript. The schema is in schema/${api}.graphql, too.</noscript>
<div id="root" data-options="${attribute(JSON.stringify(optionsOf(api)))}"></div>
</body>
</html>
`

const attribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

const optionsOf = (api: ApiName) => ({
  title: `Regulars: ${api} API`,
  endpoint: `/${api}/graphql`,
  // A key typed here is gone with the page.
  shouldPersistHeaders: false,
  headers: JSON.stringify({ Authorization: 'Bearer ' }, null, 2),
  defaultQuery: EXAMPLES[api],
})

const EXAMPLES: Record<ApiName, string> = {
  storefront: `# The storefront API. Under Headers below, put
# a PLUGIN or PUBLISHABLE key behind "Bearer ".
# The schema needs no key: the book, top left.
query Shop {
  shop {
    code
    name
    currency
    tiers {
      code
      name
      rank
    }
  }
}
`,
  admin: `# The admin API. Under Headers below, put
# an ADMIN key behind "Bearer ".
# The schema needs no key: the book, top left.
query Shop {
  shop {
    code
    name
    currency
    timeZone
    tiers {
      code
      name
      rank
      qualification
    }
  }
}
`,
}

/** The page's files, from the package that holds GraphiQL whole; read when the first person comes, for most processes never see one. */
export function serveExplorer(fastify: FastifyInstance): void {
  let files: Promise<ReadonlyMap<string, File>> | undefined
  fastify.get<{ Params: { file: string } }>(`${AT}/:file`, async (request, reply) => {
    files ??= readFiles()
    const file = (await files).get(request.params.file)
    if (file === undefined) return reply.callNotFound()
    reply.headers({ etag: file.etag, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff', vary: 'accept-encoding' })
    if (request.headers['if-none-match'] === file.etag) return reply.code(304).send()
    const zipped = request.headers['accept-encoding']?.includes('gzip') ?? false
    if (zipped) reply.header('content-encoding', 'gzip')
    return reply.type(file.type).send(zipped ? file.zipped : file.plain)
  })
}

async function readFiles(): Promise<ReadonlyMap<string, File>> {
  const graphiql = await import('@graphql-yoga/render-graphiql/graphiql')
  const workers = JSON.stringify(Object.fromEntries(Object.entries(WORKERS).map(([label, file]) => [label, `${AT}/${file}`])))
  const script = `const workers = ${workers};
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_, label) => workers[label] };
${graphiql.js};
const root = document.querySelector('#root');
YogaGraphiQL.renderYogaGraphiQL(root, JSON.parse(root.dataset.options));
`
  return new Map([
    ['graphiql.js', await file('text/javascript', script)],
    ['graphiql.css', await file('text/css', graphiql.css)],
    [WORKERS.editorWorkerService, await file('text/javascript', graphiql.editorWorkerService)],
    [WORKERS.json, await file('text/javascript', graphiql.jsonWorker)],
    [WORKERS.graphql, await file('text/javascript', graphiql.graphqlWorker)],
  ])
}

async function file(type: string, text: string): Promise<File> {
  const plain = Buffer.from(text)
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  return { type: `${type}; charset=utf-8`, etag, plain, zipped: await promisify(gzip)(plain) }
}
