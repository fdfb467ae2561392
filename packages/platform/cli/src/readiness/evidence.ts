import { CallGraph } from '../calls/call-graph.js';
import type { CallSite, PortCall } from '../calls/call-site.js';
import { isPrivate } from '../calls/declared-port.js';
import { type Transactions, transactionsIn } from '../calls/transactions.js';
import { ImportGraph } from '../imports/import-graph.js';
import type { Evidence } from '../rules/rule.js';
import type { Workspace } from '../workspace/workspace.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import type { RecordedCalls } from './recorded/recorded-calls.js';

/** What a rule of readiness looks at: a workspace as it is, and the module that is to leave the others' process. */
export interface ReadinessEvidence extends Evidence {
  readonly module: WorkspacePackage;
  readonly code: CallGraph;
  readonly transactions: Transactions;
  /** The modules that an app binds by their /remote today already. */
  readonly away: ReadonlySet<WorkspacePackage>;
  /** Calls that were recorded while the product ran; undefined when none were given. */
  readonly recorded: RecordedCalls | undefined;
}

export function evidenceOf(
  workspace: Workspace,
  module: WorkspacePackage,
  recorded: RecordedCalls | undefined,
): ReadinessEvidence {
  const graph = new ImportGraph(workspace.members);
  const running = workspace.members.filter(({ layer }) => layer === 'module' || layer === 'app');
  const code = new CallGraph(running, graph);
  const away = awayIn(graph);
  const transactions = transactionsIn(
    code,
    (from, to) => from !== to && [from, to].some((member) => member === module || away.has(member)),
  );
  return { workspace, graph, database: undefined, module, code, transactions, away, recorded };
}

function awayIn({ imports }: ImportGraph): ReadonlySet<WorkspacePackage> {
  return new Set(
    imports.flatMap(({ from, fromMember, target }) => {
      const binds = fromMember.layer === 'app' && from.role === 'source' && target.kind === 'entry';
      return binds && target.subpath === './remote' ? [target.member] : [];
    }),
  );
}

/** Whether the move parts two packages: exactly one of them leaves. */
export function areApart(module: WorkspacePackage, from: WorkspacePackage, to: WorkspacePackage): boolean {
  return (from === module) !== (to === module);
}

/** A call of a port that will go over the network. */
export interface Crossing extends CallSite {
  readonly to: PortCall;
}

/** The calls that will go over the network, into the module and out of it. */
export function crossings({ code, module }: Pick<ReadinessEvidence, 'code' | 'module'>): Crossing[] {
  return code.sites.filter((site): site is Crossing => {
    const { from, to } = site;
    return to.kind === 'port' && !isPrivate(to.port) && areApart(module, from.member, to.port.member);
  });
}
