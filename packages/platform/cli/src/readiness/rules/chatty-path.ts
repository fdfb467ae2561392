import { type CallSite, operationName, positionOf } from '../../calls/call-site.js';
import { Repetitions } from '../../calls/repetition.js';
import { crossings } from '../evidence.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';
import { trailText } from '../transaction-text.js';

/** Nobody calls the module once for each of many things. */
export const chattyPath: ReadinessRule = {
  id: 'chatty-path',
  level: 'obstacle',
  title: 'No call into the module or out of it is made once for each of many things.',
  why: `A call in the same process takes nanoseconds, and one over the network a fifth of a millisecond at best: a thousand in a loop are felt, and each
of them may fail. Loops, and callbacks of \`map\` and its like, count in the calling function and in those that call it. A loop over a constant, one that asks for page after page with a cursor, a
retry, a helper that is handed a whole list, and what is done for tasks alone do not.`,
  remedy: 'Offer an operation that takes the whole list, or hand the list over in a task.',

  check(evidence) {
    const repetitions = new Repetitions(evidence.code, evidence.graph);
    const across = new Set<CallSite>(crossings(evidence));
    return crossings(evidence).flatMap((crossing) => {
      const trail = crossing.to.operation.kind === 'task' ? undefined : repetitions.trailTo(crossing);
      // What follows from a chatty call is told there.
      if (!trail || trail.slice(0, -1).some((site) => across.has(site))) return [];
      const called = operationName(crossing.to);
      const inLoop = trail[0] === crossing ? '' : `, in a loop of ${trail[0]!.from.name}`;
      return [
        readinessFinding(chattyPath, {
          member: crossing.from.member,
          file: crossing.from.file.path,
          position: positionOf(crossing),
          subject: `${crossing.from.name} → ${called}`,
          message: `${trailText(trail.slice(0, -1), crossing)} is called once for each of many things${inLoop}.`,
          remedy: `Ask ${crossing.to.port.member.name} for an operation that does what ${called} does for a whole list, or hand the list over in a task.`,
        }),
      ];
    });
  },
};
