import type { StaticExport, StaticImport } from 'oxc-parser';
import { constantText } from '../syntax/constant-text.js';
import { walk } from '../syntax/walk.js';
import type { SourceFile } from '../workspace/source-file.js';

export type ImportKind =
  /** `import … from` */
  | 'static'
  /** `import type … from`, `export type … from` or `import('…').Name`: nothing of it is left at run time. */
  | 'type-only'
  /** `export … from` */
  | 're-export'
  /** `import('…')` or `require('…')` with a constant text. */
  | 'dynamic';

export interface ImportedName {
  /** The name in the other file; `default`, or `*` for all of it. */
  readonly imported: string;
  /** The name in this file; undefined when the name only passes through. */
  readonly local: string | undefined;
  /** The name under which a re-export passes it on; undefined for an import, `*` for `export * from`. */
  readonly exported: string | undefined;
  readonly typeOnly: boolean;
}

/** One mention of another file or package, in the order of the source. */
export interface ImportStatement {
  readonly specifier: string;
  readonly kind: ImportKind;
  readonly names: readonly ImportedName[];
  /** Where the statement begins, in UTF-16 code units. */
  readonly offset: number;
}

const statementsOf = new WeakMap<SourceFile, readonly ImportStatement[]>();

/** Everything a file imports, type-only edges included. An `import()` of a computed text is not seen. */
export function importStatements(file: SourceFile): readonly ImportStatement[] {
  let statements = statementsOf.get(file);
  if (!statements) {
    statements = file.isSql ? [] : readStatements(file);
    statementsOf.set(file, statements);
  }
  return statements;
}

function readStatements(file: SourceFile): ImportStatement[] {
  const { staticImports, staticExports } = file.parsed.module;
  return [
    ...staticImports.map((statement) => fromImport(file, statement)),
    ...staticExports.flatMap((statement) => fromExport(file, statement)),
    ...expressions(file),
  ].sort((a, b) => a.offset - b.offset);
}

function fromImport(file: SourceFile, statement: StaticImport): ImportStatement {
  return {
    specifier: statement.moduleRequest.value,
    kind: isTypeOnly(file, statement.start) ? 'type-only' : 'static',
    names: statement.entries.map(({ importName, localName, isType }) => ({
      imported: importName.kind === 'Name' ? (importName.name ?? '*') : importName.kind === 'Default' ? 'default' : '*',
      local: localName.value,
      exported: undefined,
      typeOnly: isType,
    })),
    offset: statement.start,
  };
}

function fromExport(file: SourceFile, statement: StaticExport): ImportStatement[] {
  const source = statement.entries[0]?.moduleRequest?.value;
  if (source === undefined) return [];
  return [
    {
      specifier: source,
      kind: isTypeOnly(file, statement.start) ? 'type-only' : 're-export',
      names: statement.entries.map(({ importName, exportName, isType }) => ({
        imported: importName.name ?? '*',
        local: undefined,
        exported: exportName.name ?? '*',
        typeOnly: isType,
      })),
      offset: statement.start,
    },
  ];
}

/**
 * Told by the statement, not by its names: `import { type A } from 'b'` still loads b at run time, since
 * `verbatimModuleSyntax` leaves `import {} from 'b'`. `import type from 'b'` imports a value named `type`.
 */
function isTypeOnly(file: SourceFile, offset: number): boolean {
  return /^(import|export)\s+type\b(?!\s*(,|from\s*['"]))/.test(file.text.slice(offset, offset + 80));
}

const MAY_HOLD_EXPRESSION = /\b(import|require|resolve)\s*\(/;

/** `import()`, `require()` and `import('…').Name` are no part of the module record: they are found in the tree. */
function expressions(file: SourceFile): ImportStatement[] {
  if (!MAY_HOLD_EXPRESSION.test(file.text)) return [];
  const found: ImportStatement[] = [];
  walk(file.program, (node) => {
    const mention =
      node.type === 'ImportExpression'
        ? node.source
        : node.type === 'TSImportType'
          ? node.source
          : node.type === 'CallExpression' && isRequire(file.text.slice(node.callee.start, node.callee.end))
            ? node.arguments[0]
            : node.type === 'TSExternalModuleReference'
              ? node.expression
              : undefined;
    const specifier = mention && constantText(mention);
    if (specifier === undefined) return;
    const kind = node.type === 'TSImportType' ? 'type-only' : 'dynamic';
    found.push({ specifier, kind, names: [], offset: node.start });
  });
  return found;
}

function isRequire(callee: string): boolean {
  return callee === 'require' || callee === 'require.resolve' || callee === 'import.meta.resolve';
}
