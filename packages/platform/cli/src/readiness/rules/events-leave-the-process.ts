import type { ReadinessEvidence } from '../evidence.js';
import { hearings } from '../hearings.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';

/** Says which events need a way out of the process. */
export const eventsLeaveTheProcess: ReadinessRule = {
  id: 'events-leave-the-process',
  level: 'note',
  title: 'Events that are heard across the cut go over NATS.',
  why: `In one process events reach their hearers by themselves. A module with a process of its own hears nothing of the others, and is not heard by them, until
events go over NATS: that is one import in the shell.`,
  remedy: 'Put events on NATS before the move: import EventsModule from the /nats of the events package in each app.',

  check(evidence) {
    const { module } = evidence;
    if (goOverNats(evidence)) return [];
    const across = hearings(evidence).filter(({ publisher, hearer }) => (publisher === module) !== (hearer === module));
    return [...Map.groupBy(across, ({ hearer, publisher }) => `${hearer.name} hears ${publisher.name}`)].map(
      ([subject, heard]) => {
        const { hearer, publisher, file, position } = heard[0]!;
        const events = [...new Set(heard.map(({ event }) => event))];
        return readinessFinding(eventsLeaveTheProcess, {
          member: hearer,
          file: file.path,
          position,
          subject,
          message: `${hearer.name} hears ${events.join(', ')} of ${publisher.name}.`,
        });
      },
    );
  },
};

function goOverNats({ graph }: ReadinessEvidence): boolean {
  return graph.imports.some(
    ({ fromMember, statement }) => fromMember.layer === 'app' && statement.specifier.endsWith('/events/nats'),
  );
}
