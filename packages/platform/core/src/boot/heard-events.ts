import { type EventType, type HeardEvent, isHeardEvent, misreadings, wireSchema } from '@macrolith/contract';
import type { ModuleDeclaration } from '../module-declaration.js';
import type { BootProblem } from './boot-problem.js';

/** The events of other modules that a module declared for itself, each once. */
export function heardEvents({ features }: Pick<ModuleDeclaration, 'features'>): readonly HeardEvent[] {
  const heard = features.flatMap(({ hears = [] }) => hears).filter(isHeardEvent);
  return [...new Set(heard)];
}

/**
 * What a module expects to hear and its publisher, installed in the same process, does not say. A publisher that is not
 * here is held to nothing: nobody knows its contract. One that has gone on to a newer version is well: its events wait
 * until the consumer knows that version. So is one at an older version that the consumer has upcasters from.
 */
export function misheardEvents(installed: readonly ModuleDeclaration[], hearer: ModuleDeclaration): BootProblem[] {
  const { name: module, owner } = hearer.manifest;
  return heardEvents(hearer).flatMap((heard) => {
    const publisher = installed.find(({ manifest }) => manifest.name === heard.module);
    if (publisher === undefined) return [];
    const said = eventsOf(publisher).find((event) => withoutVersion(event) === withoutVersion(heard));
    return problemsOf(heard, said, oldestReadBy(hearer, heard)).map((problem) => ({ ...problem, module, owner }));
  });
}

function oldestReadBy({ features }: ModuleDeclaration, heard: HeardEvent): number {
  return Math.min(heard.version, ...features.map((feature) => feature.oldestRead?.(heard) ?? heard.version));
}

type Problem = Omit<BootProblem, 'module' | 'owner'>;

function problemsOf(heard: HeardEvent, said: EventType | undefined, oldestRead: number): Problem[] {
  if (said === undefined) {
    return [
      {
        id: 'heard-event-unknown',
        message: `hears ${heard.id}, and the contract of '${heard.module}' has no event of that name.`,
        remedy: `Look up the event's name in the contract.json of '${heard.module}', or take the @On(…) method out.`,
      },
    ];
  }
  if (said.version < oldestRead) {
    return [
      {
        id: 'heard-event-unknown',
        message: `hears ${heard.id}, and the contract of '${heard.module}' is at version ${said.version} of it.`,
        remedy: `Install the newer version of '${heard.module}', declare the version that is there, or add an upcaster from it.`,
      },
    ];
  }
  return said.version === heard.version ? unreadableParts(heard, said) : [];
}

function unreadableParts(heard: HeardEvent, said: EventType): Problem[] {
  const faults = misreadings(wireSchema(heard.data), wireSchema(said.data));
  if (faults.length === 0) return [];
  const places = faults.map(({ path, message }) => `${path === '' ? 'the whole' : path} ${message}`);
  return [
    {
      id: 'heard-event-unreadable',
      message: `hears ${heard.id} and could not read what '${heard.module}' says: ${places.join('; ')}.`,
      remedy:
        'Let heardEvent(…) ask for no more than the publisher promises: fields that it may leave out are .optional().',
    },
  ];
}

function eventsOf({ manifest, internal }: ModuleDeclaration): EventType[] {
  return [manifest.port, ...internal.map(([port]) => port)].flatMap(({ contract }) => Object.values(contract.events));
}

function withoutVersion({ id, version }: EventType): string {
  return id.slice(0, id.length - `.v${version}`.length);
}
