import type { Import } from '../../imports/import-graph.js';
import type { ReadinessEvidence } from '../evidence.js';
import { type Hearing, hearings } from '../hearings.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';

/** Says which events need a way out of the process, and who in the workspace gives them none. */
export const eventsLeaveTheProcess: ReadinessRule = {
  id: 'events-leave-the-process',
  // Nobody hears anything, and nothing fails: that is worse than what fails.
  level: (evidence) => (keptInDatabase(evidence).length > 0 ? 'obstacle' : 'note'),
  title: 'Events that are heard across the cut go over NATS.',
  why: `In one process events reach their hearers by themselves. A module with a process of its own hears nothing of the others, and is not heard by them, until
events go over NATS. An app that imports EventsModule from the /local of the events package and never from its /nats keeps them in the database: that is an
obstacle. Where an app has the /nats, or it cannot be seen what it has, it is a note on who hears whom.`,
  remedy:
    'Let each app take EventsModule from the /nats of the events package, always or where NATS_URL is set, and set NATS_URL in each process.',

  check(evidence) {
    const { module } = evidence;
    const across = hearings(evidence).filter(({ publisher, hearer }) => (publisher === module) !== (hearer === module));
    if (across.length === 0) return [];
    const keepers = keptInDatabase(evidence);
    return keepers.length > 0 ? keepers.map((kept) => obstacle(kept, across)) : notes(across);
  },
};

/** Where an app takes its events from the database, and from nowhere else. */
function keptInDatabase({ graph }: ReadinessEvidence): readonly Import[] {
  const taken = graph.imports.filter(
    ({ from, fromMember, statement }) =>
      fromMember.layer === 'app' && from.role === 'source' && /\/events\/(local|nats)$/.test(statement.specifier),
  );
  const overNats = new Set(
    taken.filter(({ statement }) => statement.specifier.endsWith('/nats')).map(({ fromMember }) => fromMember),
  );
  return taken.filter(({ fromMember }) => !overNats.has(fromMember));
}

function obstacle({ from, fromMember, statement, position }: Import, across: readonly Hearing[]) {
  const overNats = statement.specifier.replace(/local$/, 'nats');
  const heard = pairs(across).map(({ said, place: { file, position: at } }) => `${said} (${file.path}:${at.line})`);
  return readinessFinding(eventsLeaveTheProcess, {
    member: fromMember,
    file: from.path,
    position,
    subject: `${fromMember.name} → ${statement.specifier}`,
    message: `${fromMember.name} keeps events in the database, and they are heard across the cut: ${heard.join('; ')}.`,
    remedy: `Import EventsModule from '${overNats}' here, always or where NATS_URL is set, and set NATS_URL in each process.`,
  });
}

function notes(across: readonly Hearing[]) {
  return pairs(across).map(({ said, place: { hearer, publisher, file, position } }) =>
    readinessFinding(eventsLeaveTheProcess, {
      member: hearer,
      file: file.path,
      position,
      subject: `${hearer.name} hears ${publisher.name}`,
      message: `${said}.`,
    }),
  );
}

interface Pair {
  /** `orders hears payments.charged of payments` */
  readonly said: string;
  /** Where the first of the events is heard. */
  readonly place: Hearing;
}

function pairs(across: readonly Hearing[]): Pair[] {
  return [...Map.groupBy(across, ({ hearer, publisher }) => `${hearer.name} ${publisher.name}`).values()].map(
    (heard) => {
      const [place] = heard as [Hearing];
      const events = [...new Set(heard.map(({ event }) => event))];
      return { said: `${place.hearer.name} hears ${events.join(', ')} of ${place.publisher.name}`, place };
    },
  );
}
