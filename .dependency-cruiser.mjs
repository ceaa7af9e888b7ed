/** The street: a domain knows those before it, by their services and models; the later knowing the earlier. */
const STREET = [
  'audit',
  'shops',
  'access',
  'products',
  'companies',
  'customers',
  'orders',
  'scores',
  'tags',
  'segments',
  'tiers',
  'pricebook',
  'ladders',
  'offers',
  'coupons',
  'links',
  'shoppers',
  'checkout',
  'touches',
  'messages',
  'campaigns',
  'webhooks',
  'keeping',
  'foresight',
  'insights',
  'imports',
  'demo',
]

/** What a domain shows of itself to those further down the street; .sql: fragments that others' statements are built on. */
const SHOWN = ['\\.(?:service|model|schema|topic|sql)\\.ts$', '^src/shoppers/who\\.ts$']
const domain = (names) => `^src/(?:${names.join('|')})/`
const room = (names) => `\\.(?:${names})\\.ts$`
const CODE = '^src/'

/** A domain never looks down the street. */
const houses = STREET.slice(0, -1).map((name, i) => ({
  name: `street-${name}`,
  comment: `${name} stands before what it imports here: turn it round. Let the later domain call ${name}'s service, add a field to its type with @FieldResolver, or listen to its topic.`,
  severity: 'error',
  from: { path: domain([name]) },
  to: { path: domain(STREET.slice(i + 1)) },
}))

export default {
  forbidden: [
    ...houses,
    {
      name: 'front-door',
      comment: "Another domain's stores, rows, rules and resolvers are its own: ask its service, or add there what you need.",
      severity: 'error',
      from: { path: `^src/(${STREET.join('|')})/` },
      to: { path: domain(STREET), pathNot: ['^src/$1/', ...SHOWN] },
    },
    {
      name: 'unknown-domain',
      comment: 'A new folder of src has no place in the street yet: give it one in STREET, at the top of .dependency-cruiser.mjs.',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: [domain([...STREET, 'kernel', 'pricing', 'query', 'shell', 'api', 'cli'])] },
    },
    {
      name: 'kernel-alone',
      comment: 'The kernel imports nothing: what it needs comes in as an argument.',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { path: CODE, pathNot: '^src/kernel/' },
    },
    {
      name: 'pure-engines',
      comment: 'pricing and query are pure and know the kernel only: pass in what they need.',
      severity: 'error',
      from: { path: '^src/(pricing|query)/', pathNot: ['\\.spec\\.ts$', '/cases/'] },
      to: { path: CODE, pathNot: ['^src/kernel/', '^src/$1/'] },
    },
    {
      name: 'pure-rooms',
      comment: 'What is pure needs no package but temporal-polyfill and no built-in module: hand in what was read, drawn or timed.',
      severity: 'error',
      from: { path: ['^src/(?:kernel|pricing|query)/', room('model')], pathNot: ['\\.spec\\.ts$', '/cases/'] },
      to: { dependencyTypesNot: ['local', 'localmodule'], pathNot: ['node_modules/temporal-polyfill/'] },
    },
    {
      name: 'rules-decide',
      comment: 'Rules decide from what they are given: load it in the service and pass it in.',
      severity: 'error',
      from: { path: room('rules') },
      to: { path: [room('row|store|service|schema|admin|storefront|job'), '^src/(?:shell|api|cli)/'] },
    },
    {
      name: 'models-mean',
      comment: 'A model is a shape and its meaning: models, pricing, query and the kernel are all it knows.',
      severity: 'error',
      from: { path: room('model') },
      // The world's type is what a port is given: what a later domain is to do for an earlier one.
      to: { path: [room('row|store|service|schema|admin|storefront|job|rules'), '^src/(?:shell(?!/world)|api|cli)/'] },
    },
    {
      name: 'rows-map',
      comment: 'A row maps a table to its own model: what decides or asks lies elsewhere.',
      severity: 'error',
      from: { path: room('row') },
      to: { path: [room('store|service|schema|admin|storefront|job|rules'), '^src/(?:shell(?!/sql)|api|cli)/'] },
    },
    {
      name: 'stores-ask',
      comment: 'A store asks the database and decides nothing: the service calls it, and the API never comes in here.',
      severity: 'error',
      from: { path: room('store') },
      to: { path: [room('service|schema|admin|storefront|job|rules'), '^src/(?:api|cli)/'] },
    },
    {
      name: 'services-know-no-graphql',
      comment: 'A service takes and gives models: translate to GraphQL in the resolver.',
      severity: 'error',
      from: { path: room('service') },
      to: { path: [room('schema|admin|storefront|job'), '^src/(?:api|cli)/', 'node_modules/(?:graphql|type-graphql|@apollo)/'] },
    },
    {
      name: 'schemas-show',
      comment: 'A schema shows models: a field that has to be read is a @FieldResolver in .admin or .storefront.',
      severity: 'error',
      from: { path: room('schema') },
      to: { path: room('row|store|service|admin|storefront|job') },
    },
    {
      name: 'resolvers-translate',
      comment: 'A resolver translates and calls a service: put the query or the decision behind a service.',
      severity: 'error',
      from: { path: room('admin|storefront') },
      to: { path: [room('row|store|rules|admin|storefront|job'), '^src/shell/(?!world|memory)'] },
    },
    {
      name: 'api-under-the-domains',
      comment: 'api/shared serves every domain and knows none but access (who is asking).',
      severity: 'error',
      from: { path: '^src/api/' },
      to: { path: domain(STREET), pathNot: '^src/access/' },
    },
    {
      name: 'shell-knows-no-domain',
      comment: 'The shell is below the domains: let the domain hand in what differs.',
      severity: 'error',
      from: { path: '^src/shell/' },
      to: { path: [domain(STREET), '^src/(?:api|cli|pricing|query)/'] },
    },
    {
      name: 'roof',
      comment:
        'Only what starts the program knows everybody (registry, app, main, cli): a domain registers itself in registry.ts and is called from there.',
      severity: 'error',
      from: { path: CODE, pathNot: ['^src/(?:app|main|registry|print-schema)\\.ts$', '^src/cli/'] },
      to: { path: ['^src/(?:app|main|registry|print-schema)\\.ts$', '^src/cli/'] },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one thing, or hide a third: move what both need to a file of its own.',
      severity: 'error',
      from: { path: CODE },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Nobody uses this file: delete it, or register it.',
      severity: 'error',
      from: { orphan: true, path: CODE, pathNot: '\\.spec\\.ts$' },
      to: {},
    },
    {
      name: 'listed-packages',
      comment: 'List the package in package.json (dependencies, if the shipped program needs it).',
      severity: 'error',
      from: { path: CODE, pathNot: ['\\.spec\\.ts$', '/cases/'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev', 'unknown', 'undetermined'] },
    },
    {
      name: 'resolvable',
      comment: 'This file is not there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // TypeScript 7 has no programmatic interface; swc reads the same files.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
}
