import type { Class, Node, ObjectExpression } from 'oxc-parser';
import { declarationOf } from '../exports/named-declaration.js';
import type { ImportGraph } from '../imports/import-graph.js';
import { constantText } from '../syntax/constant-text.js';
import { propertyOf } from '../syntax/object-literal.js';
import { walk } from '../syntax/walk.js';
import type { SourceFile } from '../workspace/source-file.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';

/** A port as its source declares it: `abstract class Catalog extends Port({ name: 'catalog', operations: { … } })`. */
export interface DeclaredPort {
  /** The contract's name: `catalog`, or `orders.book` for a private port. */
  readonly name: string;
  /** The name of the class, e.g. `OrderBook`. */
  readonly className: string;
  /** The package that declares it. */
  readonly member: WorkspacePackage;
  readonly file: SourceFile;
  readonly node: Class;
  /** The literal that is given to `Port(…)`. */
  readonly contract: ObjectExpression;
  readonly operations: ReadonlyMap<string, DeclaredOperation>;
}

export interface DeclaredOperation {
  readonly name: string;
  readonly kind: 'query' | 'command' | 'task';
  /** A command that no transaction can hold. */
  readonly external: boolean;
}

/** Not in the public contract: `orders.book` is a port of `orders` alone. */
export function isPrivate({ name }: Pick<DeclaredPort, 'name'>): boolean {
  return name.includes('.');
}

/** Every port that the packages declare. */
export function declaredPorts(members: readonly WorkspacePackage[], graph: ImportGraph): DeclaredPort[] {
  return members.flatMap((member) =>
    member.files
      .filter(({ role, isSql, text }) => role === 'source' && !isSql && /extends\s+Port\s*\(/.test(text))
      .flatMap((file) => portsIn(file, member, graph)),
  );
}

function portsIn(file: SourceFile, member: WorkspacePackage, graph: ImportGraph): DeclaredPort[] {
  const found: DeclaredPort[] = [];
  walk(file.program, (node) => {
    if (node.type !== 'ClassDeclaration' || node.id === null) return;
    const contract = portLiteral(node);
    const name = contract && textOf(contract, 'name');
    if (!contract || name === undefined) return;
    const operations = operationsIn(propertyOf(contract, 'operations'), file, graph);
    found.push({ name, className: node.id.name, member, file, node, contract, operations });
  });
  return found;
}

function portLiteral({ superClass }: Class): ObjectExpression | undefined {
  if (superClass?.type !== 'CallExpression' || superClass.callee.type !== 'Identifier') return undefined;
  const [literal] = superClass.callee.name === 'Port' ? superClass.arguments : [];
  return literal?.type === 'ObjectExpression' ? literal : undefined;
}

function textOf(literal: ObjectExpression, key: string): string | undefined {
  const value = propertyOf(literal, key);
  return value && constantText(value);
}

/** Operations that are written in the literal, or in one that is spread into it. */
function operationsIn(
  node: Node | undefined,
  file: SourceFile,
  graph: ImportGraph,
): ReadonlyMap<string, DeclaredOperation> {
  const operations = new Map<string, DeclaredOperation>();
  if (node?.type === 'Identifier') {
    const declared = declarationOf(file, node.name, graph);
    const init = declared?.node.type === 'VariableDeclarator' ? declared.node.init : null;
    return init ? operationsIn(init, declared!.file, graph) : operations;
  }
  if (node?.type === 'TSAsExpression' || node?.type === 'TSSatisfiesExpression') {
    return operationsIn(node.expression, file, graph);
  }
  if (node?.type !== 'ObjectExpression') return operations;
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      for (const [name, spread] of operationsIn(property.argument, file, graph)) operations.set(name, spread);
      continue;
    }
    const operation = property.key.type === 'Identifier' ? operationOf(property.key.name, property.value) : undefined;
    if (operation) operations.set(operation.name, operation);
  }
  return operations;
}

function operationOf(name: string, declared: Node): DeclaredOperation | undefined {
  if (declared.type !== 'CallExpression' || declared.callee.type !== 'Identifier') return undefined;
  const kind = declared.callee.name;
  if (kind !== 'query' && kind !== 'command' && kind !== 'task') return undefined;
  const [details] = declared.arguments;
  const external = details?.type === 'ObjectExpression' ? propertyOf(details, 'external') : undefined;
  return { name, kind, external: external?.type === 'Literal' && external.value === true };
}
