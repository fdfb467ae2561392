import type { GivenNatsPlace } from '@macrolith/nats-connection';
import type { RelayOptions } from '../relay/relay-options.js';
import { STREAM_DEFAULTS, type StreamOptions } from './stream-config.js';

/** DI token of what `EventsModule.forRoot` was told of NATS. */
export const NATS_OPTIONS = Symbol('macrolith.nats-options');

export interface NatsOptions extends GivenNatsPlace {
  /** What this product is called in NATS. Two products on one NATS have two names. */
  readonly system: string;
  readonly stream: StreamOptions;
  /** Most messages of one event that a reader has in memory. */
  readonly readAhead: number;
  /** How long the start waits for NATS. Without it by then, the process starts all the same, and goes on trying. */
  readonly natsPatienceMs: number;
}

export type NatsEventsOptions = Partial<RelayOptions> & GivenNatsOptions;

type GivenNatsOptions = Partial<Omit<NatsOptions, 'stream'>> & { readonly stream?: Partial<StreamOptions> };

export function natsOptions(
  given: { readonly [Name in keyof GivenNatsOptions]: GivenNatsOptions[Name] | undefined },
): NatsOptions {
  return {
    servers: given.servers,
    system: given.system ?? 'macrolith',
    connection: given.connection,
    stream: { ...STREAM_DEFAULTS, ...given.stream },
    readAhead: given.readAhead ?? 200,
    // The relay has a patience of its own, with consumers.
    natsPatienceMs: given.natsPatienceMs ?? 5_000,
  };
}
