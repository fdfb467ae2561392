import type { OwnedWorkflow } from '../calls/call-graph.js';
import { areApart, type ReadinessEvidence } from './evidence.js';

/** Whether a workflow is one transaction today and takes several after the move. A task is no reason: it is queued at home. */
export function becomesDurable(
  { owner, calls }: OwnedWorkflow,
  { module }: Pick<ReadinessEvidence, 'module'>,
): boolean {
  if (calls.some(({ operation }) => operation.external)) return false;
  return calls.some(({ port, operation }) => operation.kind !== 'task' && areApart(module, owner, port.member));
}
