import type { Node } from 'oxc-parser';
import type { SourceFile } from '../workspace/source-file.js';

const declarationsOf = new WeakMap<SourceFile, ReadonlyMap<string, Node>>();

/** What a file declares at its top level, by name: classes, functions, variables, types. */
export function topLevelDeclarations(file: SourceFile): ReadonlyMap<string, Node> {
  let declarations = declarationsOf.get(file);
  if (!declarations) {
    declarations = new Map(file.program.body.flatMap((statement) => declared(statement)));
    declarationsOf.set(file, declarations);
  }
  return declarations;
}

function declared(statement: Node): [string, Node][] {
  switch (statement.type) {
    case 'ExportNamedDeclaration':
      return statement.declaration ? declared(statement.declaration) : [];
    case 'ExportDefaultDeclaration':
      return declared(statement.declaration);
    case 'VariableDeclaration':
      return statement.declarations.flatMap((declarator): [string, Node][] =>
        declarator.id.type === 'Identifier' ? [[declarator.id.name, declarator]] : [],
      );
    case 'ClassDeclaration':
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      return statement.id ? [[statement.id.name, statement]] : [];
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSEnumDeclaration':
      return [[statement.id.name, statement]];
    default:
      return [];
  }
}
