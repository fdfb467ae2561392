import { instant, z } from '@macrolith/contract';
import { DeliveryState } from '../operations/delivery-state.js';
import type { Story, StoryOf } from '../operations/messages.js';

/** What the logs of a module are asked: about which of these they know something. */
export const StoryQuestion = z.object({
  of: z.array(z.union([z.object({ correlationId: z.string() }), z.object({ key: z.string() })])).max(100),
});

/** A module that whoever answers knows of, and whether it publishes events. */
export const KnownModule = z.object({ name: z.string(), publishes: z.boolean() });
export type KnownModule = z.output<typeof KnownModule>;

const Delivery = z.object({
  log: z.string(),
  consumer: z.string(),
  state: DeliveryState,
  attempts: z.int(),
  round: z.int(),
  priority: z.int(),
  dueAt: instant(),
  leasedUntil: instant().optional(),
  failure: z.string().optional(),
  failedAt: instant().optional(),
  closedAt: instant().optional(),
});

const Message = z.object({
  messageId: z.string(),
  kind: z.enum(['event', 'task']),
  source: z.string(),
  type: z.string(),
  key: z.string(),
  time: instant(),
  correlationId: z.string(),
  causationId: z.string().optional(),
  traceparent: z.string().optional(),
  deliveries: z.array(Delivery),
});

export const StoryAnswer = z.object({ messages: z.array(Message), isCut: z.boolean(), knows: z.array(KnownModule) });

export function encodeQuestion(of: readonly StoryOf[]): string {
  return JSON.stringify({ of });
}

export function decodeQuestion(text: string): readonly StoryOf[] {
  return z.decode(StoryQuestion, JSON.parse(text)).of;
}

/** As many of the messages as fit, the oldest ones. */
export function encodeAnswer({ messages, isCut }: Story, knows: readonly KnownModule[], maxBytes: number): string {
  const told = messages.map((message) => ({ ...message, deliveries: [...message.deliveries] }));
  const text = JSON.stringify(z.encode(StoryAnswer, { messages: told, isCut, knows: [...knows] }));
  if (Buffer.byteLength(text) <= maxBytes || messages.length === 0) return text;
  return encodeAnswer({ messages: messages.slice(0, messages.length >> 1), isCut: true }, knows, maxBytes);
}

export function decodeAnswer(text: string): Story & { readonly knows: readonly KnownModule[] } {
  return z.decode(StoryAnswer, JSON.parse(text));
}
