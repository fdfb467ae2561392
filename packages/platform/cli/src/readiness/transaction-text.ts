import { type CallSite, operationName } from '../calls/call-site.js';
import { methodName } from '../calls/callable.js';
import type { TransactionPath } from '../calls/transactions.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';

/** Why the call is made in a transaction, as a sentence without its end. */
export function transactionText(path: TransactionPath, module: WorkspacePackage): string {
  const { reason, root } = path;
  switch (reason.kind) {
    case 'decorated':
      return `${root.name} is @Transactional()`;
    case 'opened':
      return `${root.name} opens a unit of work around it`;
    case 'event':
      return `${root.name} hears an event, in one transaction with the record that it did`;
    case 'step':
      return `${root.name} is a step of the workflow ${reason.workflow}, and steps run in transactions`;
    case 'key':
      return `${root.name} answers ${operationName(reason.operation)}, which is one transaction with its stored outcome ${keyText(path, module)}`;
  }
}

/** Who calls over the network always sends a key, so that a call whose outcome is unknown can be sent again. */
export function isCertain({ reason, root }: TransactionPath, module: WorkspacePackage): boolean {
  return reason.kind !== 'key' || root.member === module;
}

function keyText(path: TransactionPath, module: WorkspacePackage): string {
  return isCertain(path, module)
    ? 'under an idempotency key, and every call over the network has one'
    : 'when a caller sends an idempotency key';
}

/** From where a call begins to what it calls: `OrdersService.mend → PaymentComparison.mend → payments.void`. */
export function trailText(trail: readonly CallSite[], site: CallSite): string {
  const callers = [...new Set([...trail, site].map(({ from }) => from.name))];
  return [...callers, calledText(site)].join(' → ');
}

function calledText({ to }: CallSite): string {
  if (to.kind === 'port') return operationName(to);
  if (to.kind === 'function') return to.callables.map((callable) => methodName(callable)).join(' or ');
  return to.workflows.map(({ name }) => `workflow ${name}`).join(' or ');
}
