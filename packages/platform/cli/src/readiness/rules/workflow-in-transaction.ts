import type { OwnedWorkflow } from '../../calls/call-graph.js';
import { type CallSite, positionOf } from '../../calls/call-site.js';
import type { TransactionPath } from '../../calls/transactions.js';
import { becomesDurable } from '../becoming-durable.js';
import type { ReadinessEvidence } from '../evidence.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';
import { trailText, transactionText } from '../transaction-text.js';

/** A workflow that the move cuts into several transactions is run outside of any. */
export const workflowInTransaction: ReadinessRule = {
  id: 'workflow-in-transaction',
  level: 'obstacle',
  title: 'No workflow that the module takes part in is run inside a transaction.',
  why: `While all its participants are in one process, a workflow joins whatever transaction is open. The move makes it a durable run, which
commits in between: inside a transaction it is refused. The command that runs a workflow of its own module may be called under an idempotency key all the same.`,
  remedy: 'Take @Transactional() off what runs it, or make what else is done there steps of the workflow.',

  check: (evidence) => evidence.code.sites.flatMap((site) => workflowsAt(site, evidence)),
};

function workflowsAt(site: CallSite, evidence: ReadinessEvidence) {
  if (site.to.kind !== 'workflow') return [];
  const paths = evidence.transactions.get(site) ?? [];
  return site.to.workflows.flatMap((workflow) => {
    const owned = evidence.code.workflowOf(workflow);
    const path = paths.find((candidate) => !isCalledApart(candidate, owned));
    if (!path || !becomesDurable(owned, evidence)) return [];
    return [
      readinessFinding(workflowInTransaction, {
        member: site.from.member,
        file: site.from.file.path,
        position: positionOf(site),
        subject: `${site.from.name} → ${workflow.name}`,
        message: `${trailText(path.trail, site)} takes several transactions after the move, and is run inside one: ${transactionText(path, evidence.module)}.`,
      }),
    ];
  });
}

/** A keyed command whose own module refuses a durable run inside its transaction is called once more, outside of any. */
function isCalledApart({ reason, root }: TransactionPath, { owner }: OwnedWorkflow): boolean {
  return reason.kind === 'key' && root.member === owner;
}
