import type { Answer } from '../network/network.ts';
import type { Fault, Faults, Target } from './faults.ts';

/** The connection is to be cut instead of an answer. */
export const CUT = Symbol('cut');

const FAILED: Answer = {
  status: 500,
  body: JSON.stringify({ error: 'internal', message: 'Something went wrong here. Try again.' }),
};

/** Does `work` as the fault that is due for it lets it, and answers as that lets it. */
export async function withFault(
  faults: Faults,
  target: Target,
  work: (fault: Fault | undefined) => Answer,
): Promise<Answer | typeof CUT> {
  const fault = faults.take(target);
  if (fault?.kind === 'dead') return CUT;
  if (fault?.kind === 'error') return FAILED;
  if (fault?.kind === 'slow-before') await faults.hold(target, fault.delayMs);
  if (fault?.kind === 'hold-before') await faults.hold(target);
  const answer = work(fault);
  if (fault?.kind === 'twice') work(undefined);
  if (fault?.kind === 'lost') return CUT;
  if (fault?.kind === 'slow') await faults.hold(target, fault.delayMs);
  if (fault?.kind === 'hold-after') await faults.hold(target);
  return answer;
}
