/** What people are told, and over which channel: the public API of notifications. */
import { defineError, instant, Port, pageOf, pageRequest, query, task, z } from '@macrolith/contract';

/** `email` leaves the house; `memory` keeps the message where it can be read, and tells nobody. */
export const Channel = z.enum(['email', 'memory']);
export type Channel = z.output<typeof Channel>;

/** An e-mail address for the channel `email`; any name of a person for `memory`. */
const Recipient = z
  .string()
  .max(320)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.');

/** BCP 47, e.g. `en` or `de-AT`. */
const Locale = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'Write a language tag such as en or de-AT.');

export const Message = z.object({
  messageId: z.uuid(),
  channel: Channel.describe('The channel that was asked for.'),
  carrier: z.enum(['smtp', 'memory']).describe('What really carried it: memory where no mail server is configured.'),
  to: Recipient,
  template: z.string(),
  locale: z.string().optional().describe('The language that it was written in.'),
  subject: z.string(),
  text: z.string(),
  html: z.string().describe('The same for people whose mail program shows HTML. Everything that came in is escaped.'),
  status: z.enum(['queued', 'sent', 'failed']),
  reason: z.string().optional().describe('Why the last attempt failed.'),
  attempts: z.int().min(0),
  createdAt: instant(),
  sentAt: instant().optional(),
});
export type Message = z.output<typeof Message>;

/** A message without its body. */
export const MessageSummary = Message.omit({ text: true, html: true });
export type MessageSummary = z.output<typeof MessageSummary>;

/** No message has this id. */
export class MessageNotFound extends defineError(
  'notifications.message-not-found',
  { messageId: z.uuid() },
  (e) => `There is no message ${e.messageId}.`,
  { kind: 'not-found' },
) {}

/** What people are told, and over which channel. */
export abstract class Notifications extends Port({
  name: 'notifications',
  version: '0.1.0',
  operations: {
    /**
     * Tells somebody something, some time soon. What cannot be sent is kept with the reason. An e-mail may arrive twice
     * when this process dies between the mail server's yes and the note of it; it is listed once.
     */
    send: task({
      input: z.object({
        channel: Channel,
        to: Recipient,
        template: z.string().max(100).describe('The name of a template: see the README for the list.'),
        data: z
          .record(z.string().max(100), z.string().max(50_000))
          .describe("What the template's places are filled with."),
        locale: Locale.optional().describe(
          'The nearest language that the template has is used; English, if none is near.',
        ),
      }),
    }),
    /** Messages, the newest first. */
    listMessages: query({
      input: pageRequest().extend({
        cursor: z
          .string()
          .regex(/^[1-9][0-9]{0,17}$/)
          .optional(),
        to: Recipient.optional(),
        status: Message.shape.status.optional(),
      }),
      output: pageOf(MessageSummary),
    }),
    /** The message as it was sent, or would have been. */
    getMessage: query({ input: z.object({ messageId: z.uuid() }), output: Message, errors: [MessageNotFound] }),
  },
}) {}
