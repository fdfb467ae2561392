import type { Class, Node, ParamPattern, TSParameterProperty, TSTypeAnnotation } from 'oxc-parser';
import { type ImportedName, type ImportStatement, importStatements } from '../imports/import-statement.js';
import { decoratorsOf } from '../syntax/decorators.js';
import { walk } from '../syntax/walk.js';
import type { SourceFile } from '../workspace/source-file.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import { type Rule, violationOf } from './rule.js';

const DECORATOR = /^\s*@\w+/m;

/** What Nest injects must be there at run time. */
export const noTypeOnlyInjection: Rule = {
  id: 'no-type-only-injection',
  title: 'An injected class is imported as a value, not as a type.',
  why: `Nest finds what to inject by the class that the compiler leaves in the constructor's metadata. \`import type\` leaves \`Function\` or
\`Object\` there: it compiles, and the boot fails with "can't resolve … argument Function at index [0]", naming no import.`,
  remedy: 'Write `import { … }` instead of `import type { … }` for the injected class.',

  check({ workspace }) {
    return workspace.members.flatMap((member) =>
      member.files
        .filter(({ text, isSql }) => !isSql && DECORATOR.test(text))
        .flatMap((file) =>
          typeOnlyInjections(file, member).map(({ className, injected, offset, specifier }) =>
            violationOf(noTypeOnlyInjection, {
              member,
              file: file.path,
              position: file.positionOf(offset),
              subject: `${className} ← ${injected}`,
              message: `${className} has ${injected} injected, but imports it from '${specifier}' as a type only: nothing is left of it at run time.`,
              remedy: `Import ${injected} as a value: import { ${injected} } from '${specifier}'.`,
            }),
          ),
        ),
    );
  },
};

interface TypeOnlyInjection {
  readonly className: string;
  readonly injected: string;
  readonly specifier: string;
  readonly offset: number;
}

function typeOnlyInjections(file: SourceFile, member: WorkspacePackage): TypeOnlyInjection[] {
  const typeImports = typeOnlyNames(importStatements(file));
  if (typeImports.size === 0) return [];

  const found: TypeOnlyInjection[] = [];
  walk(file.program, (node) => {
    if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return;
    if (!isMadeByNest(node, member)) return;
    for (const { injected, offset } of [...constructorTypes(node), ...propertyTypes(node)]) {
      const specifier = typeImports.get(injected);
      if (specifier !== undefined) found.push({ className: node.id?.name ?? 'A class', injected, specifier, offset });
    }
  });
  return found;
}

const PROVIDER_DECORATORS = new Set([
  'Injectable',
  'Controller',
  'Module',
  'LocalModule',
  'RemoteModule',
  'WebSocketGateway',
]);

/** A class with another decorator, e.g. `@Catch()`, may be made by Nest or by hand: by hand where its package says `new`. */
function isMadeByNest(node: Class, { files }: WorkspacePackage): boolean {
  const decorators = decoratorsOf(node);
  if (decorators.some(({ name }) => PROVIDER_DECORATORS.has(name))) return true;
  const made = new RegExp(`\\bnew ${node.id?.name}\\(`);
  return (
    decorators.length > 0 && !files.some(({ role, isSql, text }) => role === 'source' && !isSql && made.test(text))
  );
}

/** Names of this file that are gone at run time, with where they come from. */
function typeOnlyNames(statements: readonly ImportStatement[]): Map<string, string> {
  const isGone = (statement: ImportStatement, name: ImportedName) => statement.kind === 'type-only' || name.typeOnly;
  return new Map(
    statements.flatMap((statement) =>
      statement.names.flatMap((name) =>
        name.local !== undefined && isGone(statement, name) ? [[name.local, statement.specifier] as const] : [],
      ),
    ),
  );
}

interface InjectedType {
  readonly injected: string;
  readonly offset: number;
}

function constructorTypes({ body }: Class): InjectedType[] {
  const method = body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor');
  if (method?.type !== 'MethodDefinition') return [];
  return method.value.params.flatMap((parameter) => {
    if (bringsToken(parameter)) return [];
    return injectedType(annotationOf(parameter as ParamPattern | TSParameterProperty));
  });
}

/** `@Inject() readonly catalog: Catalog` reads the property's metadata in the same way. */
function propertyTypes({ body }: Class): InjectedType[] {
  return body.body.flatMap((member) => {
    if (member.type !== 'PropertyDefinition' || !decoratorsOf(member).some(({ name }) => name === 'Inject')) return [];
    return bringsToken(member) ? [] : injectedType(member.typeAnnotation);
  });
}

/** `@Inject(TOKEN)`, `@InjectRepository(Row)` and their like say what to inject by themselves. */
function bringsToken(node: Node): boolean {
  return decoratorsOf(node).some(
    ({ name, arguments: given }) => name.startsWith('Inject') && (name !== 'Inject' || given.length > 0),
  );
}

function annotationOf(parameter: ParamPattern | TSParameterProperty): TSTypeAnnotation | null | undefined {
  const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  return pattern.type === 'AssignmentPattern' ? pattern.left.typeAnnotation : pattern.typeAnnotation;
}

function injectedType(annotation: TSTypeAnnotation | null | undefined): InjectedType[] {
  const type = annotation?.typeAnnotation;
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return [];
  return [{ injected: type.typeName.name, offset: type.start }];
}
