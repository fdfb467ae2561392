/** What the console's routes answer, as far as its pages read it. */

export const STATES = ['due', 'leased', 'waiting', 'parked', 'held', 'dead', 'done', 'discarded'] as const;
export type DeliveryState = (typeof STATES)[number];

export interface Consumer {
  readonly log: string;
  readonly consumer: string;
  readonly events: readonly string[];
  readonly isFilling: boolean;
  readonly open: number;
  readonly waiting: number;
  readonly held: number;
  readonly dead: number;
  readonly oldestOpenAt?: string;
  readonly isUnserved: boolean;
}

export interface Log {
  readonly log: string;
  readonly lastMessageAt?: string;
  readonly open: number;
  readonly held: number;
  readonly dead: number;
  readonly oldestOpenAt?: string;
  readonly unreadable: number;
  readonly consumers: readonly Consumer[];
}

/** What came over a broker and is no event. */
export interface Unreadable {
  readonly log: string;
  readonly sequence: string;
  readonly subject: string;
  readonly reason: string;
  readonly storedAt: string;
  /** JSON text. */
  readonly headers: string;
  readonly payload: string;
  readonly bytes: number;
}

export interface Overview {
  readonly logs: readonly Log[];
  /** The modules that keep runs of durable workflows. */
  readonly runKeepers: readonly string[];
  readonly stuckRuns: number;
}

export interface Delivery {
  readonly log: string;
  readonly consumer: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly round: number;
  readonly dueAt: string;
  readonly leasedUntil?: string;
  readonly failure?: string;
  readonly failedAt?: string;
  readonly closedAt?: string;
}

export interface Message {
  readonly messageId: string;
  readonly kind: 'event' | 'task';
  readonly source: string;
  readonly type: string;
  readonly key: string;
  readonly time: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly traceparent?: string;
  readonly deliveries: readonly Delivery[];
}

export type ListedDelivery = Delivery & Omit<Message, 'deliveries' | 'source'>;

export interface Intervention {
  readonly consumer: string;
  readonly action: string;
  readonly who: string;
  readonly why: string;
  readonly at: string;
}

export interface MessageDetails extends Message {
  /** JSON text. */
  readonly data: string;
  readonly interventions: readonly Intervention[];
}

export interface Story {
  readonly messages: readonly Message[];
  readonly isCut: boolean;
}
