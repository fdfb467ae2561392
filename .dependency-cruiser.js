/**
 * What can be told about imports without knowing what a module is: rings of files, and imports that lead nowhere. Every
 * rule of direction between packages (public index, bindings, layers, declared dependencies) belongs to `macro verify`.
 *
 * Run by `pnpm check`, and by hand: pnpm exec depcruise apps packages tooling
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'no-circular-files',
      comment:
        'Files that load each other in a ring see each other half made: decorators then get undefined. Move what both need into a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable-import',
      comment: 'The import leads nowhere: a typing error, a file that was moved, or a package that is not installed.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '(^|/)dist/'] },
    // Packages that tests are made on, some of them broken on purpose, and what new modules are made from.
    exclude: {
      path: ['(^|/)(dist|reports|coverage)/', '/test/(fixtures|workspaces)/', '^packages/platform/cli/templates/'],
    },
    moduleSystems: ['es6'],
    // Through TypeScript 6, its own (see pnpm-workspace.yaml): 7 has no compiler API, and without one type-only edges look like
    // any other. The parser 'swc' would tell them apart too, but stops at `using`.
    parser: 'tsc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      // Source before build: otherwise imports of workspace packages are followed into dist.
      conditionNames: ['@macrolith/source', 'node', 'import', 'default', 'types'],
      exportsFields: ['exports'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
};
