import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';
import { memberNamed } from '../recorded/member-named.js';
import { recordedName } from '../recorded/recorded-calls.js';
import { modulesIn } from '../recorded/recorded-traffic.js';

/** From so many modules on, one action is too wide. */
const WIDE = 5;

/** No action was recorded that waits for five modules or more. */
export const recordedWideAction: ReadinessRule = {
  id: 'recorded-wide-action',
  level: 'obstacle',
  title: `No recorded action with the module waits for ${WIDE} modules or more.`,
  why: `An action is there when every module that it waits for is. Five modules that are each there for 99.9 % of the time make it 99.5 %, and the
slowest of them sets the pace. In one process that is no matter; across the cut it is.`,
  remedy: 'Let those that need no answer hear an event or do a task, or keep a read model of what is asked most.',

  check(evidence) {
    const { recorded, module } = evidence;
    const wide = (recorded?.actions ?? []).flatMap(({ root, calls }) => {
      const modules = modulesIn({ root, calls });
      return modules.length >= WIDE && modules.includes(module.manifest!.name) ? [{ root, modules }] : [];
    });
    return [...Map.groupBy(wide, ({ root }) => recordedName(root))].map(([action, found]) => {
      const widest = found.reduce((a, b) => (b.modules.length > a.modules.length ? b : a));
      return readinessFinding(recordedWideAction, {
        member: memberNamed(widest.root.to, evidence),
        file: recorded!.file,
        position: { line: widest.root.line, column: 1 },
        subject: action,
        message: `One action ${action} waits for ${widest.modules.length} modules: ${widest.modules.join(', ')}.`,
      });
    });
  },
};
