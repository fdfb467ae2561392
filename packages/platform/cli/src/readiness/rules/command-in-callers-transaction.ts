import { operationName, positionOf } from '../../calls/call-site.js';
import type { TransactionPath } from '../../calls/transactions.js';
import type { Violation } from '../../violations/violation.js';
import { type Crossing, crossings, type ReadinessEvidence } from '../evidence.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';
import { trailText, transactionText } from '../transaction-text.js';

/** Nobody else's transaction counts on the module's commands. */
export const commandInCallersTransaction: ReadinessRule = {
  id: 'command-in-callers-transaction',
  level: 'obstacle',
  title: "No other module calls the module's commands in a transaction of its own.",
  why: `In one process the command joins the caller's transaction, and is undone when that rolls back. Over a network it would commit by itself,
so it is refused inside an open transaction. A method with \`@Transactional()\`, work inside \`unitOfWork.run\`, a method that hears an event, a step of a workflow
and a command under an idempotency key are transactions, and so is what they call in the same process. Steps and compensations of workflows are fine: they become calls of
their own under a key. So are tasks: they wait in the caller's outbox until it has committed.`,
  remedy: 'Make both changes steps of a workflow, or enqueue a task where no answer is needed.',

  check: (evidence) =>
    commandsInTransactions(evidence, commandInCallersTransaction, ({ from }) => from.member !== evidence.module),
};

/** The commands that would be refused after the move, of those calls that `concerns` picks. */
export function commandsInTransactions(
  evidence: ReadinessEvidence,
  rule: Pick<ReadinessRule, 'id' | 'remedy'>,
  concerns: (crossing: Crossing) => boolean,
): Violation[] {
  return crossings(evidence).flatMap((crossing) => {
    // An external command is refused in a transaction today already.
    const isRefused = crossing.to.operation.kind === 'command' && !crossing.to.operation.external;
    const [path] = evidence.transactions.get(crossing) ?? [];
    if (!isRefused || !path || !concerns(crossing)) return [];
    const called = operationName(crossing.to);
    return [
      readinessFinding(rule, {
        member: crossing.from.member,
        file: crossing.from.file.path,
        position: positionOf(crossing),
        subject: `${crossing.from.name} → ${called}`,
        message: `${trailText(path.trail, crossing)} is a command in a transaction: ${transactionText(path, evidence.module)}. After the move it is refused there.`,
        remedy: remedyFor(path, called),
      }),
    ];
  });
}

function remedyFor({ reason, root }: TransactionPath, called: string): string {
  if (reason.kind === 'event') {
    return `Enqueue a task in ${root.name}, or run a workflow from one: what is done because of an event needs no answer at once.`;
  }
  if (reason.kind === 'step') return `Make ${called} a step of the workflow ${reason.workflow} itself.`;
  if (reason.kind === 'key') {
    return `Make ${called} a step of a workflow that the command runs, or enqueue a task: a run and a task keep their own keys.`;
  }
  return `Make both changes steps of a workflow, or call ${called} before or after the transaction, or enqueue a task where no answer is needed.`;
}
