import { decodeEvent, type EventType, z } from '@macrolith/contract';
import { PlatformError } from '@macrolith/core';
import { eventNameOf } from './event-name.js';

/** How the data of one version of an event becomes the data of the next. */
export interface Upcaster {
  /** The version that it starts from. */
  readonly from: number;
  /** The data as that version had it. */
  readonly data: z.ZodType;
  /** Makes the data of version `from + 1`. */
  readonly to: (data: any) => unknown;
}

/**
 * Lets a subscriber hear an event that was published before its data changed:
 * `@On(Orders.event.orderPlaced, { upcasters: [upcast(1, DataOfVersion1, (old) => ({ ...old, country: 'unknown' }))] })`.
 * Several in a row are applied one after the other.
 */
export function upcast<Data extends z.ZodType>(
  from: number,
  data: Data,
  to: (data: z.output<Data>) => unknown,
): Upcaster {
  return Object.freeze({ from, data, to });
}

/** A stored event has a version that the code of this process does not know. It is kept until a process comes that does. */
export class NotUnderstoodHere extends PlatformError {
  readonly code = 'macrolith.event-not-understood';
  constructor(
    readonly consumer: string,
    readonly type: string,
    readonly known: number,
  ) {
    const { version } = eventNameOf(type);
    super(
      version > known
        ? `'${consumer}' understands versions up to ${known}, and ${type} is newer. Deploy the version of the consumer that knows it: the event is held until then.`
        : `'${consumer}' understands version ${known}, and ${type} is older. Add an upcaster from version ${version} to its @On(…): the event is held until then.`,
    );
  }
}

/** The data of a stored event as the subscriber's version of the event has it. @throws NotUnderstoodHere, InvalidEvent */
export function dataInKnownVersion(
  consumer: string,
  event: EventType,
  upcasters: readonly Upcaster[],
  type: string,
  wire: unknown,
): unknown {
  const { version } = eventNameOf(type);
  if (version === event.version) return decodeEvent(event, wire);
  if (version > event.version) throw new NotUnderstoodHere(consumer, type, event.version);
  const steps = stepsFrom(version, event.version, upcasters);
  if (steps === undefined) throw new NotUnderstoodHere(consumer, type, event.version);
  return steps.reduce<unknown>((data, step) => step.to(data), z.decode(steps[0]!.data, wire as never));
}

/** The oldest version from which upcasters lead to the one that is known, without a gap. */
export function oldestReadWith(upcasters: readonly Upcaster[], known: number): number {
  let oldest = known;
  while (upcasters.some(({ from }) => from === oldest - 1)) oldest -= 1;
  return oldest;
}

/** One upcaster for each version on the way, or nothing where one is missing. */
function stepsFrom(version: number, known: number, upcasters: readonly Upcaster[]): readonly Upcaster[] | undefined {
  const steps: Upcaster[] = [];
  for (let from = version; from < known; from += 1) {
    const step = upcasters.find((candidate) => candidate.from === from);
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return steps;
}
