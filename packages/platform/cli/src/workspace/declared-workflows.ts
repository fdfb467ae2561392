import type { Node } from 'oxc-parser';
import { importStatements } from '../imports/import-statement.js';
import { constantText } from '../syntax/constant-text.js';
import type { Position } from '../syntax/position.js';
import { walk } from '../syntax/walk.js';
import type { SourceFile } from './source-file.js';

/** A workflow that a module declares: `workflow('orders.place', …).step('order', OrderBook.op.open, …)…`. */
export interface DeclaredWorkflow {
  readonly name: string;
  /** The constant that holds it, and its place. */
  readonly variable: string;
  readonly file: SourceFile;
  readonly position: Position;
  /** The operations that its steps and compensations call. */
  readonly calls: readonly CalledOperation[];
}

export interface CalledOperation {
  /** The port's class, e.g. `Inventory`. */
  readonly port: string;
  readonly operation: string;
  /** What the port is imported from: a package, or a file of the module's own. */
  readonly specifier: string;
}

/** The workflows of a package, read from its source without running it. */
export function declaredWorkflows(files: readonly SourceFile[]): DeclaredWorkflow[] {
  return files
    .filter((file) => file.role === 'source' && !file.isSql && /\bworkflow\s*\(/.test(file.text))
    .flatMap(workflowsOf);
}

function workflowsOf(file: SourceFile): DeclaredWorkflow[] {
  const origins = new Map(
    importStatements(file).flatMap(({ specifier, names }) => names.map(({ local }) => [local, specifier] as const)),
  );
  const found: DeclaredWorkflow[] = [];
  walk(file.program, (node) => {
    if (node.type !== 'VariableDeclarator' || node.init === null || node.id.type !== 'Identifier') return;
    const name = nameOf(node.init);
    if (name === undefined) return;
    const position = file.positionOf(node.id.start);
    found.push({ name, variable: node.id.name, file, position, calls: callsIn(node.init, origins) });
  });
  return found;
}

/** The first argument of the `workflow(…)` that the chain begins with. */
function nameOf(chain: Node): string | undefined {
  let name: string | undefined;
  walk(chain, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'workflow') return;
    const [first] = node.arguments;
    name ??= first && constantText(first);
  });
  return name;
}

/** Every `Port.op.operation` in the chain, once. */
function callsIn(chain: Node, origins: ReadonlyMap<string | undefined, string>): CalledOperation[] {
  const calls = new Map<string, CalledOperation>();
  walk(chain, (node) => {
    if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return;
    const { object } = node;
    const isOperation =
      object.type === 'MemberExpression' && object.property.type === 'Identifier' && object.property.name === 'op';
    if (!isOperation || object.object.type !== 'Identifier') return;
    const port = object.object.name;
    const operation = node.property.name;
    calls.set(`${port}.${operation}`, { port, operation, specifier: origins.get(port) ?? '' });
  });
  return [...calls.values()];
}
