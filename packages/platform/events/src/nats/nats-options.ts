import { type NatsPlace, natsPlace } from '@macrolith/nats-connection';
import type { RelayOptions } from '../relay/relay-options.js';
import { STREAM_DEFAULTS, type StreamOptions } from './stream-config.js';

/** DI token of what `EventsModule.forRoot` was told of NATS. */
export const NATS_OPTIONS = Symbol('macrolith.nats-options');

export interface NatsOptions extends NatsPlace {
  readonly stream: StreamOptions;
  /** Most messages of one event that a reader has in memory. */
  readonly readAhead: number;
  /** How long the start waits for NATS. Without it by then, the process starts all the same, and goes on trying. */
  readonly natsPatienceMs: number;
}

export type NatsEventsOptions = Partial<RelayOptions> & GivenNatsOptions;

type GivenNatsOptions = Partial<Omit<NatsOptions, 'stream'>> & { readonly stream?: Partial<StreamOptions> };

/** Without `servers` they are those of the variable `NATS_URL`, else a NATS on this machine. */
export function natsOptions(
  given: { readonly [Name in keyof GivenNatsOptions]: GivenNatsOptions[Name] | undefined },
): NatsOptions {
  return {
    ...natsPlace(given),
    stream: { ...STREAM_DEFAULTS, ...given.stream },
    readAhead: given.readAhead ?? 200,
    // The relay has a patience of its own, with consumers.
    natsPatienceMs: given.natsPatienceMs ?? 5_000,
  };
}
