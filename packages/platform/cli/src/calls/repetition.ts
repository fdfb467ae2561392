import type { Node, TSTypeAnnotation } from 'oxc-parser';
import { declarationOf } from '../exports/named-declaration.js';
import type { ImportGraph } from '../imports/import-graph.js';
import { nameOf } from '../syntax/member-name.js';
import { walk } from '../syntax/walk.js';
import type { SourceFile } from '../workspace/source-file.js';
import type { CallGraph } from './call-graph.js';
import type { CallSite } from './call-site.js';
import type { Callable } from './callable.js';

/** How far up the callers are asked whether they are in a loop. */
const MAX_DEPTH = 5;

const LISTS = new Set(['Array', 'ReadonlyArray', 'Set', 'ReadonlySet', 'Map', 'ReadonlyMap']);

/**
 * Finds calls that are made once for each of many things, in a loop of their own function or of a caller's. What does not
 * count: a loop over a constant of the program, whose length is known when it is written; a loop that asks for page after
 * page; one that the call ends, such as a retry; a caller's loop that hands over a list, which is a batch; and what is done
 * for tasks alone, since nobody waits for it.
 */
export class Repetitions {
  readonly #callersOf = new Map<Callable, CallSite[]>();
  readonly #performers: ReadonlySet<Callable>;

  constructor(
    code: CallGraph,
    private readonly graph: ImportGraph,
  ) {
    this.#performers = performersOfTasks(code);
    for (const site of code.sites) {
      const { to } = site;
      // A task is done later, one at a time, and nobody waits.
      if (to.kind === 'workflow' || (to.kind === 'port' && to.operation.kind === 'task')) continue;
      const called = to.kind === 'function' ? to.callables : code.providersOf(to);
      for (const callable of called) {
        const callers = this.#callersOf.get(callable) ?? [];
        this.#callersOf.set(callable, [...callers, site]);
      }
    }
  }

  /** The calls from the one in the loop to this one, itself included; undefined where no loop leads to it. */
  trailTo(site: CallSite): readonly CallSite[] | undefined {
    return this.#trail(site, MAX_DEPTH, new Set());
  }

  #trail(site: CallSite, depth: number, seen: ReadonlySet<Callable>): readonly CallSite[] | undefined {
    if (this.#isInLoop(site)) return this.#isWaitedFor(site.from, new Set()) ? [site] : undefined;
    if (depth === 0 || seen.has(site.from) || takesList(site.from)) return undefined;
    for (const caller of this.#callersOf.get(site.from) ?? []) {
      const trail = this.#trail(caller, depth - 1, new Set([...seen, site.from]));
      if (trail) return [...trail, site];
    }
    return undefined;
  }

  /** Whether anything but tasks leads to a function. One that nobody is seen to call may be called by anybody. */
  #isWaitedFor(callable: Callable, seen: ReadonlySet<Callable>): boolean {
    if (this.#performers.has(callable) || seen.has(callable)) return false;
    const callers = this.#callersOf.get(callable) ?? [];
    const met = new Set([...seen, callable]);
    return callers.length === 0 || callers.some(({ from }) => this.#isWaitedFor(from, met));
  }

  #isInLoop({ from, given, surroundings }: CallSite): boolean {
    const open = surroundings.loops.filter(({ list }) => !list || !this.#isConstant(list, from.file));
    return open.length > 0 && !asksForPage(given);
  }

  #isConstant(list: Node, file: SourceFile): boolean {
    switch (list.type) {
      case 'ArrayExpression':
        return list.elements.every((element) => element?.type !== 'SpreadElement');
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
        return this.#isConstant(list.expression, file);
      case 'Identifier': {
        const declared = declarationOf(file, list.name, this.graph);
        const init = declared?.node.type === 'VariableDeclarator' ? declared.node.init : null;
        return init !== null && this.#isConstant(init, declared!.file);
      }
      default:
        return false;
    }
  }
}

/** The methods that do tasks. */
function performersOfTasks(code: CallGraph): ReadonlySet<Callable> {
  return new Set(
    code.ports.flatMap((port) =>
      [...port.operations.values()]
        .filter(({ kind }) => kind === 'task')
        .flatMap((operation) => code.providersOf({ kind: 'port', port, operation })),
    ),
  );
}

/** `{ limit, cursor }`: the contract's own idiom for going through what is large. */
function asksForPage(given: readonly Node[]): boolean {
  let found = false;
  for (const argument of given) {
    walk(argument, (node) => {
      found ||= node.type === 'Property' && nameOf(node.key) === 'cursor';
    });
  }
  return found;
}

function takesList({ parameters: [first] }: Callable): boolean {
  const annotation = (first as { typeAnnotation?: TSTypeAnnotation | null } | undefined)?.typeAnnotation;
  return annotation ? isList(annotation.typeAnnotation) : false;
}

function isList(type: Node): boolean {
  if (type.type === 'TSArrayType' || type.type === 'TSTupleType') return true;
  if (type.type === 'TSTypeOperator') return isList(type.typeAnnotation);
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && LISTS.has(type.typeName.name);
}
