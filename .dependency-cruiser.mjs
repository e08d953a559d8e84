// Who may import whom: downhill only, as ARCHITECTURE.md draws it. Each message says what to do instead.

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment:
        'Two files that import each other can only be understood together. Move what both need into a third file below them.',
      from: { path: '^(.+)$' },
      // A component that shows a tree imports itself; types alone pull nothing in.
      to: { circular: true, pathNot: '^$1$', viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'packages-are-pure',
      severity: 'error',
      comment:
        'A package knows nothing of the product: no database, no web, no clock. Hand it what it needs as an argument.',
      from: { path: '^packages/' },
      to: { path: '^(app|tests|bench|tools)/' },
    },
    {
      name: 'packages-ask-nothing-of-the-machine',
      severity: 'error',
      comment:
        'A package answers from its arguments alone. Read files, ask the network and look at processes in the entry or in a feature.',
      from: { path: '^packages/[^/]+/src/', pathNot: '\\.test(-data)?\\.ts$' },
      to: { path: '^(node:)?(http|https|net|dns|child_process|cluster)$' },
    },
    {
      name: 'the-database-knows-nobody',
      severity: 'error',
      comment:
        'server/database is the ground: it imports packages only. Hand it what it needs as an argument.',
      from: { path: '^app/src/server/database/', pathNot: '\\.test(-data)?\\.ts$' },
      to: { path: '^app/src/', pathNot: '^app/src/server/database/' },
    },
    {
      name: 'the-platform-stands-on-the-database',
      severity: 'error',
      comment:
        'server/platform imports server/database and packages. What knows of offices and rights belongs in server/access or in a feature.',
      from: { path: '^app/src/server/platform/', pathNot: '\\.test(-data)?\\.ts$' },
      to: { path: '^app/src/', pathNot: '^app/src/server/(platform|database)/' },
    },
    {
      name: 'access-takes-facts-as-arguments',
      severity: 'error',
      comment:
        'server/access decides from facts that it is given. Look the facts up in the feature and hand them over; import no feature here.',
      from: { path: '^app/src/server/access/', pathNot: '\\.test(-data)?\\.ts$' },
      to: { path: '^app/src/', pathNot: '^app/src/server/(access|platform|database)/' },
    },
    {
      name: 'the-server-knows-no-feature',
      severity: 'error',
      comment:
        'Nothing in server/ imports a feature, a page or a door: it is below them. Turn the dependency round.',
      from: { path: '^app/src/server/', pathNot: '\\.test(-data)?\\.ts$' },
      to: { path: '^app/src/(features|routes|entry|ui)/' },
    },
    {
      name: 'features-open-no-doors',
      severity: 'error',
      comment:
        'A feature is called by pages and commands, never the other way. Move what both need into the feature.',
      from: { path: '^app/src/features/' },
      to: { path: '^app/src/(routes|entry)/|^app/src/hooks' },
    },
    {
      name: 'shared-parts-stay-out-of-the-server',
      severity: 'error',
      comment:
        'schema, rules, words and components also run in the browser: they import no server file. Types of rows belong in server/reads.ts; shapes that both need, in schema.ts.',
      from: {
        path: '^app/src/features/[^/]+/',
        pathNot: '^app/src/features/[^/]+/server/|\\.test(-data)?\\.ts$',
      },
      to: { path: '^app/src/(server/|features/[^/]+/server/)' },
    },
    {
      name: 'writes-stay-at-home',
      severity: 'error',
      comment:
        "A feature changes its own tables only. Call the other feature's operations (or a write that its operations offer), not its writes.",
      from: { path: '^app/src/features/([^/]+)/', pathNot: '\\.test(-data)?\\.ts$' },
      to: {
        path: '^app/src/features/[^/]+/server/writes(\\.ts$|/)',
        pathNot: '^app/src/features/$1/',
      },
    },
    {
      name: 'ui-knows-no-noun',
      severity: 'error',
      comment:
        'ui/ is buttons and tables: it imports packages and itself. A component that knows a plan or a unit belongs in that feature.',
      from: { path: '^app/src/ui/' },
      to: { path: '^app/src/', pathNot: '^app/src/ui/' },
    },
    {
      name: 'pages-call-operations',
      severity: 'error',
      comment:
        'A page reads by server/reads and changes by server/operations: it writes no rows and holds no connection of its own.',
      from: { path: '^app/src/routes/' },
      to: {
        path: '^app/src/(features/[^/]+/server/writes(\\.ts$|/)|server/database/(connect|embedded|migrate)[^/]*\\.ts$)',
      },
    },
    {
      name: 'doors-do-not-open-doors',
      severity: 'error',
      comment: 'Pages and commands are doors to the same operations: neither imports the other.',
      from: { path: '^app/src/routes/' },
      to: { path: '^app/src/entry/' },
    },
    {
      name: 'the-product-holds-no-tests',
      severity: 'error',
      comment: 'What runs for people imports nothing that is made for tests.',
      from: { path: '^(app/src|packages/[^/]+/src)/', pathNot: '\\.test(-data)?\\.ts$' },
      to: { path: '\\.test(-data)?\\.ts$|^tests/|^bench/' },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      comment:
        'There is no such file or package: the path is wrong, or the package is missing in package.json.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(\\$app|\\./\\$types|\\$env)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(build|\\.svelte-kit|\\.cache|\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types', 'svelte'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'],
    },
  },
}
