import type { Node } from 'oxc-parser';
import { memberName, nameOf } from '../syntax/member-name.js';
import { propertyOf } from '../syntax/object-literal.js';

/** What a call stands in, within its function. */
export interface Surroundings {
  /**
   * - `inherited`: it is in a transaction where its function is called in one.
   * - `opened`: it is in one whatever its function is in: `unitOfWork.run(() => …)`.
   * - `left`: it is in none: `detach(() => …)`, `afterCommit(() => …)`.
   */
  readonly transaction: 'inherited' | 'opened' | 'left';
  /** The loops around it, the outermost first. */
  readonly loops: readonly Loop[];
}

/** Something that runs a call again and again. */
export interface Loop {
  /** What it goes through, where it goes through something. */
  readonly list: Node | undefined;
}

const ITERATING = new Set(['map', 'flatMap', 'forEach', 'filter', 'some', 'every', 'find', 'reduce', 'fromAsync']);

/**
 * @param call a call, or the method that is handed to one
 * @param ancestors from the function's body to its parent
 * @param isUnitOfWork whether an expression is the platform's `UnitOfWork`
 */
export function surroundingsOf(
  call: Node,
  ancestors: readonly Node[],
  isUnitOfWork: (expression: Node) => boolean,
): Surroundings {
  let transaction: Surroundings['transaction'] = 'inherited';
  const loops: Loop[] = [];
  let outerLoops = 0;
  ancestors.forEach((ancestor, index) => {
    const child = ancestors[index + 1] ?? call;
    if (isFunction(ancestor)) outerLoops = loops.length;
    // What returns ends the loops of its function: a retry, not a repetition.
    if (ancestor.type === 'ReturnStatement') loops.length = outerLoops;
    const loop = loopOf(ancestor, child);
    if (loop) loops.push(loop);
    const isHandedOn = isFunction(child) || (child === call && call.type === 'MemberExpression');
    const work = ancestor.type === 'CallExpression' && isHandedOn && child !== ancestor.callee ? ancestor : undefined;
    if (!work) return;
    if (isIteration(work.callee)) loops.push({ list: listOf(work.callee, work.arguments) });
    if (opensTransaction(work.callee, isUnitOfWork)) transaction = 'opened';
    if (leavesTransaction(work.callee, work.arguments)) transaction = 'left';
  });
  return { transaction, loops };
}

function isFunction({ type }: Node): boolean {
  return type === 'ArrowFunctionExpression' || type === 'FunctionExpression';
}

/** The list of a `for … of` is asked for once: only the body runs again. */
function loopOf(node: Node, child: Node): Loop | undefined {
  switch (node.type) {
    case 'ForOfStatement':
    case 'ForInStatement':
      return child === node.body ? { list: node.right } : undefined;
    case 'ForStatement':
      return child === node.init ? undefined : { list: undefined };
    case 'WhileStatement':
    case 'DoWhileStatement':
      return { list: undefined };
    default:
      return undefined;
  }
}

function isIteration(callee: Node): boolean {
  if (callee.type !== 'MemberExpression') return false;
  const method = memberName(callee);
  if (method === 'from') return callee.object.type === 'Identifier' && callee.object.name === 'Array';
  return method !== undefined && ITERATING.has(method);
}

/** `list.map(…)`, or `Array.from(list, …)`. */
function listOf(callee: Node, given: readonly Node[]): Node | undefined {
  if (callee.type !== 'MemberExpression') return undefined;
  const isStatic = callee.object.type === 'Identifier' && callee.object.name === 'Array';
  return isStatic ? given[0] : callee.object;
}

function opensTransaction(callee: Node, isUnitOfWork: (expression: Node) => boolean): boolean {
  return callee.type === 'MemberExpression' && memberName(callee) === 'run' && isUnitOfWork(callee.object);
}

function leavesTransaction(callee: Node, given: readonly Node[]): boolean {
  const name = memberName(callee) ?? nameOf(callee);
  if (name === 'detach' || name === 'afterCommit') return true;
  const [changes] = given;
  return (
    name === 'runInContext' &&
    changes?.type === 'ObjectExpression' &&
    propertyOf(changes, 'transaction')?.type === 'Identifier'
  );
}
