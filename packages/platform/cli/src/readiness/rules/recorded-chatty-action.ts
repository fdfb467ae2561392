import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';
import { memberNamed } from '../recorded/member-named.js';
import { recordedName } from '../recorded/recorded-calls.js';
import { goesOver } from '../recorded/recorded-traffic.js';

/** As often as one action may make the same call over the network: reading, deciding and writing need no more. */
const MAX_SAME_CALLS = 5;

/** No action was recorded that makes the same call again and again. */
export const recordedChattyAction: ReadinessRule = {
  id: 'recorded-chatty-action',
  level: 'obstacle',
  title: `No recorded action makes the same call across the cut more than ${MAX_SAME_CALLS} times.`,
  why: `What a user waits for is the sum of its calls. [chatty-path](#chatty-path) finds loops that are written down; a recording finds calls that add up from several places.`,
  remedy:
    'Ask once for all that the action needs: offer an operation that takes a list, or hand over what was read before.',

  check(evidence) {
    const { recorded, module } = evidence;
    const name = module.manifest!.name;
    const repeated = (recorded?.actions ?? []).flatMap(({ root, calls }) =>
      [
        ...Map.groupBy(
          calls.filter((call) => goesOver(call, name)),
          (call) => `${call.from} → ${recordedName(call)}`,
        ),
      ]
        .filter(([, same]) => same.length > MAX_SAME_CALLS)
        .map(([call, same]) => ({ action: recordedName(root), call, same })),
    );
    return [...Map.groupBy(repeated, ({ action, call }) => `${action}: ${call}`)].map(([subject, found]) => {
      const most = found.reduce((a, b) => (b.same.length > a.same.length ? b : a));
      return readinessFinding(recordedChattyAction, {
        member: memberNamed(most.same[0]!.from, evidence),
        file: recorded!.file,
        position: { line: most.same[0]!.line, column: 1 },
        subject,
        message: `One action ${most.action} calls ${most.call} ${most.same.length} times.`,
      });
    });
  },
};
