import type { EventNames } from '@macrolith/nats-connection';
import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';

/** How the stream keeps events. */
export interface StreamOptions {
  /** How many days an event is kept in the stream: longer than any consuming module may be away. */
  readonly maxAgeDays: number;
  /** How large the stream may become; when it is full, events wait in the outboxes. -1: as large as the server lets it. */
  readonly maxBytes: number;
  /** On how many servers of a cluster each event is stored. */
  readonly replicas: number;
}

export const STREAM_DEFAULTS: StreamOptions = { maxAgeDays: 30, maxBytes: -1, replicas: 1 };

/** The settings of the stream that are declared here. Others are whatever the server or its operator chose. */
export type DeclaredStream = Pick<
  StreamConfig,
  | 'description'
  | 'subjects'
  | 'retention'
  | 'storage'
  | 'discard'
  | 'max_age'
  | 'max_bytes'
  | 'num_replicas'
  | 'duplicate_window'
>;

export type DeclaredConsumer = Pick<
  ConsumerConfig,
  'description' | 'ack_policy' | 'ack_wait' | 'max_ack_pending' | 'filter_subject'
>;

export const DAY_NS = 86_400_000_000_000;
const MINUTE_NS = 60_000_000_000;

/** A full stream refuses what is new (`discard`), so that nothing is dropped which a consumer has not read. */
export function declaredStream(names: EventNames, { maxAgeDays, maxBytes, replicas }: StreamOptions): DeclaredStream {
  return {
    description: `Events of ${names.system}`,
    subjects: [names.allSubjects],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_age: maxAgeDays * DAY_NS,
    max_bytes: maxBytes,
    num_replicas: replicas,
    duplicate_window: 2 * MINUTE_NS,
  };
}

/** What a module reads an event by. One acknowledgement covers all before it. */
export function declaredConsumer(names: EventNames, module: string, event: string, atOnce: number): DeclaredConsumer {
  return {
    description: `What '${module}' hears of ${event}`,
    ack_policy: AckPolicy.All,
    ack_wait: MINUTE_NS,
    // Whoever reads never has more than this in memory, however fast the server is.
    max_ack_pending: atOnce,
    filter_subject: names.subjectsOf(event),
  };
}

/** Where a consumer starts that is made anew: a sequence of the stream, or what came since a time. */
export function startOf(from: { readonly sequence: number } | { readonly since: Date }): Partial<ConsumerConfig> {
  return 'sequence' in from
    ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: from.sequence }
    : { deliver_policy: DeliverPolicy.StartTime, opt_start_time: from.since.toISOString() };
}
