import type { WorkspacePackage } from '../workspace/workspace-package.js';
import type { CallGraph } from './call-graph.js';
import type { CallSite, PortCall } from './call-site.js';
import type { Callable } from './callable.js';
import { isPrivate } from './declared-port.js';

/** Why a function runs in a transaction. */
export type TransactionReason =
  /** It has `@Transactional()`. */
  | { readonly kind: 'decorated' }
  /** It calls `unitOfWork.run(…)`. */
  | { readonly kind: 'opened' }
  /** It hears an event: its effect and the record that it ran are one transaction. */
  | { readonly kind: 'event' }
  /** It is a step of a workflow, and commits together with the run's other steps here. */
  | { readonly kind: 'step'; readonly workflow: string }
  /** It answers a command: under an idempotency key, its effect and its stored outcome are one transaction. Without one, none. */
  | { readonly kind: 'key'; readonly operation: PortCall };

/** How a call comes to be made in a transaction. */
export interface TransactionPath {
  readonly reason: TransactionReason;
  /** The function in which the transaction is. */
  readonly root: Callable;
  /** The calls that lead from there to the function that makes the call. */
  readonly trail: readonly CallSite[];
}

/** Every call that is made in a transaction, with the ways there: the certain one, or else one for each module whose commands may be called under a key. */
export type Transactions = ReadonlyMap<CallSite, readonly TransactionPath[]>;

/**
 * Follows transactions along calls: from where they begin, through functions and through ports of the same process.
 *
 * @param isApart whether two packages are in different processes, so that no transaction gets from the one to the other
 */
export function transactionsIn(
  graph: CallGraph,
  isApart: (from: WorkspacePackage, to: WorkspacePackage) => boolean,
): Transactions {
  const found = new Map<CallSite, TransactionPath[]>();
  const certain = spread(graph, isApart, [...certainRoots(graph)], openedIn(graph));
  for (const [site, path] of certain) found.set(site, [path]);
  for (const [, roots] of Map.groupBy(keyedRoots(graph), ({ root }) => root.member)) {
    for (const [site, path] of spread(graph, isApart, roots, [])) {
      if (!certain.has(site)) found.set(site, [...(found.get(site) ?? []), path]);
    }
  }
  return found;
}

/** Breadth first, so that each call is told with a shortest way to it. */
function spread(
  graph: CallGraph,
  isApart: (from: WorkspacePackage, to: WorkspacePackage) => boolean,
  roots: readonly TransactionPath[],
  opened: readonly CallSite[],
): Map<CallSite, TransactionPath> {
  const found = new Map<CallSite, TransactionPath>();
  const waiting = roots.map((path) => ({ callable: path.root, path }));
  const seen = new Set<Callable>();
  const meet = (site: CallSite, path: TransactionPath) => {
    if (!found.has(site)) found.set(site, path);
    for (const callable of entered(site, graph, isApart)) {
      waiting.push({ callable, path: { ...path, trail: [...path.trail, site] } });
    }
  };
  for (const site of opened) meet(site, { reason: { kind: 'opened' }, root: site.from, trail: [] });
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { callable, path } = next;
    if (seen.has(callable)) continue;
    seen.add(callable);
    for (const site of graph.sitesOf(callable)) {
      if (site.surroundings.transaction === 'inherited') meet(site, path);
    }
  }
  return found;
}

/** The functions that a call enters with its transaction. A task is done later; an external command is refused in one. */
function entered(
  { from, to }: CallSite,
  graph: CallGraph,
  isApart: (from: WorkspacePackage, to: WorkspacePackage) => boolean,
): readonly Callable[] {
  if (to.kind === 'function') return to.callables;
  if (to.kind === 'workflow' || to.operation.kind === 'task' || to.operation.external) return [];
  return isApart(from.member, to.port.member) ? [] : graph.providersOf(to);
}

function openedIn({ sites }: CallGraph): CallSite[] {
  return sites.filter(({ surroundings }) => surroundings.transaction === 'opened');
}

function* certainRoots(graph: CallGraph): Iterable<TransactionPath> {
  for (const root of graph.callables) {
    const names = new Set(root.decorators.map(({ name }) => name));
    if (names.has('Transactional')) yield { reason: { kind: 'decorated' }, root, trail: [] };
    else if (names.has('On')) yield { reason: { kind: 'event' }, root, trail: [] };
  }
  for (const { workflow, calls } of graph.workflows) {
    for (const call of calls.filter(isHeld)) {
      for (const root of graph.providersOf(call)) {
        yield { reason: { kind: 'step', workflow: workflow.name }, root, trail: [] };
      }
    }
  }
}

/** Anybody may send a key with a command of a public contract; a private port is called on the way only. */
function keyedRoots(graph: CallGraph): TransactionPath[] {
  return graph.ports
    .filter((port) => !isPrivate(port))
    .flatMap((port) => [...port.operations.values()].map((operation): PortCall => ({ kind: 'port', port, operation })))
    .filter(isHeld)
    .flatMap((operation) =>
      graph
        .providersOf(operation)
        .map((root): TransactionPath => ({ reason: { kind: 'key', operation }, root, trail: [] })),
    );
}

/** Whether a transaction can hold the operation's effect. */
function isHeld({ operation }: PortCall): boolean {
  return operation.kind === 'command' && !operation.external;
}
