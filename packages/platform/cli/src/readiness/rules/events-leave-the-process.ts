import { hearings } from '../hearings.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';

/** Says which events need a way out of the process. */
export const eventsLeaveTheProcess: ReadinessRule = {
  id: 'events-leave-the-process',
  level: 'note',
  title: 'These events are heard across the cut, and no app sends events over NATS yet.',
  why: `In one process, or on one database, events reach their hearers by themselves. A module with a process and a database of its own hears nothing, and is not
heard, until events go over NATS: that is one import in the shell.`,
  remedy: 'Put events on NATS before the move: import EventsModule from the /nats of the events package in each app.',

  check(evidence) {
    const { graph, module } = evidence;
    if (
      graph.imports.some((edge) => edge.fromMember.layer === 'app' && /\/events\/nats$/.test(edge.statement.specifier))
    ) {
      return [];
    }
    return hearings(evidence)
      .filter(({ publisher, hearer }) => (publisher === module) !== (hearer === module))
      .map(({ publisher, hearer, event, file, position }) =>
        readinessFinding(eventsLeaveTheProcess, {
          member: hearer,
          file: file.path,
          position,
          subject: event,
          message: `${hearer.name} hears ${event} of ${publisher.name}, and events stay in the process.`,
        }),
      );
  },
};
