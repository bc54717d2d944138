/**
 * The walls of the code. Left may not import right in FEATURE_ORDER; the order is the architecture,
 * change it only with a decision record. Run by scripts/check-arch.ts, which also counts the files.
 */
const FEATURE_ORDER = [
  'accounts',
  'audit',
  'webhooks',
  'contacts',
  'gate',
  'journal',
  'media',
  'templates',
  'conversations',
  'removals',
  'reports',
  'help',
];

const TESTS = ['\\.test\\.tsx?$', '/testing/', '/testing\\.tsx?$'];
const DOOR = [
  '^src/features/[^/]+/(server|web)/index\\.tsx?$',
  // Of the feature, or of a part of it that has its own.
  '^src/features/[^/]+/contract\\.ts$',
  '^src/features/[^/]+/[^/]+/contract\\.ts$',
  // The words of one language, which the application gathers into one file each.
  '^src/features/[^/]+/web/locales/[^/]+\\.ts$',
];
const TESTING_DOOR = '^src/features/[^/]+/server/testing\\.ts$';
const SQL_FILES = ['store\\.ts$', 'queries\\.ts$'];

const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

const floors = [
  rule(
    'platform-is-the-floor',
    { path: '^src/platform/' },
    { path: '^src/(features|channels|app)/' },
    'platform knows nothing of contacts or messages',
  ),
  rule(
    'features-know-the-port-not-the-channel',
    { path: '^src/features/' },
    { path: '^src/channels/[^/]+/' },
    'a feature speaks to src/channels/channel.ts, never to a channel',
  ),
  rule(
    'nobody-imports-app',
    { path: '^src/', pathNot: '^src/app/' },
    { path: '^src/app/' },
    'app wires the rest together and is imported by nothing',
  ),
  rule(
    'channels-are-strangers',
    { path: '^src/channels/([^/]+)/' },
    { path: '^src/channels/[^/]+/', pathNot: '^src/channels/$1/' },
    'one channel never imports another',
  ),
];

const doors = [
  rule(
    'feature-door',
    { path: '^src/features/([^/]+)/', pathNot: TESTS },
    { path: '^src/features/', pathNot: ['^src/features/$1/', ...DOOR] },
    'another feature is entered by its index.ts or a contract.ts',
  ),
  rule(
    'feature-door-for-tests',
    { path: ['^src/features/([^/]+)/.*\\.test\\.tsx?$', '^src/features/([^/]+)/.*/testing\\.ts$'] },
    { path: '^src/features/', pathNot: ['^src/features/$1/', ...DOOR, TESTING_DOOR] },
    'tests may use the makers of another feature as well, nothing else of its inside',
  ),
  rule(
    'feature-door-from-outside',
    { path: '^src/(app|channels)/', pathNot: TESTS },
    { path: '^src/features/', pathNot: DOOR },
    'app and channels enter a feature by its index.ts or contract.ts',
  ),
  rule(
    'channel-door',
    { path: '^src/app/', pathNot: TESTS },
    { path: '^src/channels/[^/]+/', pathNot: '^src/channels/[^/]+/(server|web)/index\\.tsx?$' },
    'app enters a channel by its index.ts',
  ),
];

const walls = [
  rule(
    'web-never-imports-server',
    { path: '^src/.*/web/' },
    { path: '^src/.*/server/' },
    'not even for a type: what both need lives in contract.ts or platform/shared',
  ),
  rule(
    'server-never-imports-web',
    { path: '^src/.*/server/' },
    { path: '^src/.*/web/' },
    'the server runs without the screens',
  ),
  rule(
    'contract-is-pure',
    { path: '^src/.*/contract\\.ts$' },
    { pathNot: ['^src/.*/contract\\.ts$', '^src/platform/shared/', 'node_modules/zod/'] },
    'a contract imports zod, other contracts and platform/shared',
  ),
  rule(
    'shared-runs-anywhere',
    { path: '^src/.*/shared/', pathNot: TESTS },
    { path: '^src/', pathNot: '^src/.*/shared/' },
    'shared code imports shared code',
  ),
];

const sql = [
  rule(
    'sql-only-in-stores-and-queries',
    { path: '^src/(features|channels|app)/', pathNot: [...SQL_FILES, ...TESTS] },
    { path: 'node_modules/(kysely|pg)/', dependencyTypesNot: ['type-only'] },
    'SQL lives in *store.ts, *queries.ts and platform/server',
  ),
  rule(
    'edges-do-not-write',
    { path: '(routes|\\.route|\\.job)\\.ts$' },
    { path: 'store\\.ts$' },
    'an edge calls an action or a query',
  ),
];

const outsiders = [
  rule(
    'simulator-stands-alone',
    { path: '^simulator/' },
    { path: '^src/' },
    'a simulator that shares our parser shares our mistakes',
  ),
  rule(
    'nothing-imports-the-simulator',
    { path: '^src/', pathNot: TESTS },
    { path: '^simulator/' },
    'the product does not know its simulator',
  ),
  rule(
    'src-imports-src-only',
    { path: '^src/' },
    { path: '^(scripts|bench|tests|e2e)/' },
    'the product does not depend on its tools',
  ),
  rule(
    'server-ships-no-dev-deps',
    { path: '^src/.*/(server|shared)/', pathNot: TESTS },
    {
      dependencyTypes: ['npm-dev'],
      dependencyTypesNot: ['type-only'],
      pathNot: 'node_modules/@types/',
    },
    'production is installed with --omit=dev',
  ),
  rule(
    'tests-stay-tests',
    { path: '^src/', pathNot: TESTS },
    { path: TESTS },
    'product code never imports a test or a maker',
  ),
];

const order = [
  ...FEATURE_ORDER.slice(0, -1).map((feature, place) =>
    rule(
      `feature-order-${feature}`,
      { path: `^src/features/${feature}/` },
      { path: `^src/features/(${FEATURE_ORDER.slice(place + 1).join('|')})/` },
      `${feature} comes before these in FEATURE_ORDER`,
    ),
  ),
  rule(
    'feature-must-be-in-the-order',
    { path: `^src/features/(?!(${FEATURE_ORDER.join('|')})/)` },
    {},
    'name a new feature in FEATURE_ORDER',
  ),
];

module.exports = {
  forbidden: [
    rule('no-cycles', {}, { circular: true }, 'two files that need each other are one file'),
    rule('no-unresolvable', {}, { couldNotResolve: true }, 'the import leads nowhere'),
    rule(
      'no-orphans',
      { orphan: true, path: '^src/', pathNot: [...TESTS, '\\.d\\.ts$', '/web/public/'] },
      {},
      'imported by nothing and importing nothing',
    ),
    ...walls,
    ...floors,
    ...doors,
    ...sql,
    ...outsiders,
    ...order,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.guarita|test-results|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
