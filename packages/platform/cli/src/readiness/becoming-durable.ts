import type { OwnedWorkflow } from '../calls/call-graph.js';
import { areApart, type ReadinessEvidence } from './evidence.js';

/** Whether a workflow is one transaction today and takes several after the move. A task is no reason: it is queued at home. */
export function becomesDurable(
  { owner, calls }: OwnedWorkflow,
  { module, away }: Pick<ReadinessEvidence, 'module' | 'away'>,
): boolean {
  const steps = calls.filter(({ operation }) => operation.kind !== 'task');
  const isDurable = steps.some(
    ({ port, operation }) => operation.external || (port.member !== owner && away.has(port.member)),
  );
  return !isDurable && steps.some(({ port }) => areApart(module, owner, port.member));
}
