import { crossings, type ReadinessEvidence } from '../evidence.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';
import { memberNamed } from '../recorded/member-named.js';
import { type RecordedCall, recordedName } from '../recorded/recorded-calls.js';
import { goesOver } from '../recorded/recorded-traffic.js';

/** What ran agrees with what was read. */
export const recordedCommandInTransaction: ReadinessRule = {
  id: 'recorded-command-in-transaction',
  level: 'obstacle',
  title: 'No recorded command crosses the cut in an open transaction, but for steps of workflows.',
  why: `Reading the sources misses what is called through a value whose type is not written down. A recording of what really ran does not. It cannot tell a step of a
workflow from a plain call, so commands that are also steps of a workflow of the same module are left out.`,
  remedy: 'Find the call in the caller, and make it a step of a workflow, or enqueue a task.',

  check(evidence) {
    const { recorded, module } = evidence;
    const suspicious = (recorded?.calls ?? []).filter(
      (call) =>
        call.kind === 'command' &&
        call.inTransaction &&
        goesOver(call, module.manifest!.name) &&
        !isStep(call, evidence) &&
        !isReadAlready(call, evidence),
    );
    return [...Map.groupBy(suspicious, (call) => `${call.from} → ${recordedName(call)}`)].map(([subject, calls]) =>
      readinessFinding(recordedCommandInTransaction, {
        member: memberNamed(calls[0]!.from, evidence),
        file: recorded!.file,
        position: { line: calls[0]!.line, column: 1 },
        subject,
        message: `${subject} was called ${times(calls.length)} in an open transaction, by a call that reading the sources did not find.`,
      }),
    );
  },
};

function isStep({ from, to, operation }: RecordedCall, { code }: ReadinessEvidence): boolean {
  return code.workflows
    .filter(({ owner }) => owner.manifest?.name === from)
    .some(({ calls }) => calls.some((call) => call.port.name === to && call.operation.name === operation));
}

/** The rules that read the sources tell it at its line. */
function isReadAlready({ from, to, operation }: RecordedCall, evidence: ReadinessEvidence): boolean {
  return crossings(evidence).some(
    (site) =>
      site.from.member.manifest?.name === from &&
      site.to.port.name === to &&
      site.to.operation.name === operation &&
      evidence.transactions.has(site),
  );
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
