import type { EventsInDatabase } from '../events-in-database.js';
import type { ModuleDeclaration } from '../module-declaration.js';
import type { BootProblem } from './boot-problem.js';

/**
 * Events that a module of another process and one of this process would never exchange, as nothing carries them from the one to the
 * other. What a module elsewhere hears is in its own code: it is known here where it has ever heard it in this database, and feared where events
 * have travelled to whoever hears them.
 */
export function partedEvents(
  installed: readonly ModuleDeclaration[],
  kept: EventsInDatabase | undefined,
  elsewhere: ModuleDeclaration,
): BootProblem[] {
  if (kept === undefined || !elsewhere.isRemote) return [];
  const { name, owner } = elsewhere.manifest;
  const itself = `is imported from '/remote', and events stay in the database`;
  const heardHere = installed
    .filter(({ isRemote }) => !isRemote)
    .flatMap((hearer) => {
      const heard = hearer.features.flatMap(({ hears = [] }) => hears).filter(({ module }) => module === name);
      if (heard.length === 0) return [];
      return [`'${hearer.manifest.name}' would never hear its ${listOf(heard.map(({ id }) => id))}`];
    });
  const asked = kept.askedForBy(name);
  const heardThere = asked.length === 0 ? [] : [`it would never hear ${listOf(asked)} of this process`];
  if (kept.travelledBefore) heardThere.push('until now they have travelled, and it may hear some of them');
  return [...heardHere, ...heardThere].map((loss) => ({
    id: 'events-stay-in-database',
    module: name,
    owner,
    message: `${itself}: ${loss}.`,
    remedy:
      `Import EventsModule from '@macrolith/events/nats' in the shell, or, where the environment decides, set NATS_URL; or import ` +
      `'${name}' from its package's '/local'.`,
  }));
}

function listOf(events: readonly string[]): string {
  return [...new Set(events)].join(', ');
}
