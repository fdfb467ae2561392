/** Notifications in memory that keep the same contract: for tests of modules that tell people something. */
import { randomUUID } from 'node:crypto';
import { type InputOf, type OutputOf, pageFrom } from '@macrolith/contract';
import { currentContext } from '@macrolith/core';
import { compose } from './composition.js';
import { type Message, MessageNotFound, Notifications } from './index.js';

/** Input for `send`: the news of an order to `customer@example.com`, with `changes` applied. */
export function aNotice(changes: Partial<InputOf<Notifications['send']>> = {}): InputOf<Notifications['send']> {
  return {
    channel: 'memory',
    to: 'customer@example.com',
    template: 'order-placed',
    data: { order: '1001', lines: '2 × White metal lantern', total: '6.78 GBP' },
    ...changes,
  };
}

/** Notifications in memory: every message that can be written counts as sent. They pass the contract suite of the real ones. */
export class FakeNotifications implements Notifications {
  private readonly stored = new Map<string, Message>();

  /** What was sent, the oldest first. */
  get messages(): readonly Message[] {
    return [...this.stored.values()];
  }

  async send(input: InputOf<Notifications['send']>): Promise<void> {
    const messageId = currentContext().messageId ?? randomUUID();
    if (this.stored.has(messageId)) return;
    const { status, reason, locale, subject, text, html } = compose(input);
    const sent = status === 'queued';
    this.stored.set(messageId, {
      messageId,
      channel: input.channel,
      carrier: 'memory',
      to: input.to,
      template: input.template,
      ...(locale === null ? {} : { locale }),
      subject,
      text,
      html,
      status: sent ? 'sent' : 'failed',
      ...(reason === null ? {} : { reason }),
      attempts: sent ? 1 : 0,
      createdAt: new Date(),
      ...(sent ? { sentAt: new Date() } : {}),
    });
  }

  async listMessages(
    request: InputOf<Notifications['listMessages']>,
  ): Promise<OutputOf<Notifications['listMessages']>> {
    const { to, status, cursor = '0', limit = 20 } = request;
    const found = this.messages
      .filter((message) => to === undefined || message.to === to)
      .filter((message) => status === undefined || message.status === status)
      .reverse();
    const start = Number(cursor);
    const summaries = found.slice(start).map(({ text: _, html: __, ...summary }) => summary);
    return pageFrom(summaries, limit, () => String(start + limit));
  }

  async getMessage({ messageId }: InputOf<Notifications['getMessage']>): Promise<Message> {
    const message = this.stored.get(messageId);
    if (message === undefined) throw new MessageNotFound({ messageId });
    return { ...message };
  }
}
