import { randomUUID } from 'node:crypto';
import { type InputOf, type OutputOf, pageFrom } from '@macrolith/contract';
import { currentContext } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Undeliverable } from './channels/carrier.js';
import { PostOffice } from './channels/post-office.js';
import { compose } from './composition.js';
import { type Message, MessageNotFound, Notifications } from './index.js';
import { MessageRow } from './message.entity.js';
import { toMessage, toSummary } from './views.js';

@Injectable()
export class NotificationsService implements Notifications {
  constructor(
    @InjectRepository(MessageRow) private readonly messages: Repository<MessageRow>,
    private readonly postOffice: PostOffice,
  ) {}

  /**
   * Each attempt is noted before it is made: a crash on the way leaves `queued`, and the task is delivered again.
   * No transaction is open while the mail server is talked to.
   */
  async send(input: InputOf<Notifications['send']>): Promise<void> {
    const message = await this.store(currentContext().messageId ?? randomUUID(), input);
    if (message.status !== 'queued') return;

    const { messageId, attempts } = message;
    await this.messages.update({ messageId }, { attempts: attempts + 1 });
    try {
      await this.postOffice.carrierOf(message.channel).deliver({ ...message, to: message.recipient });
    } catch (error) {
      await this.noteFailure(messageId, error);
      return;
    }
    await this.messages.update({ messageId }, { status: 'sent', sentAt: new Date(), reason: null });
  }

  async listMessages(
    request: InputOf<Notifications['listMessages']>,
  ): Promise<OutputOf<Notifications['listMessages']>> {
    const { to, status, cursor, limit = 20 } = request;
    const page = this.messages
      .createQueryBuilder('message')
      .orderBy('message.position', 'DESC')
      .limit(limit + 1);
    if (cursor !== undefined) page.andWhere('message.position < :cursor', { cursor });
    if (to !== undefined) page.andWhere({ recipient: to });
    if (status !== undefined) page.andWhere({ status });

    const rows = pageFrom(await page.getMany(), limit, (last) => last.position);
    return { ...rows, items: rows.items.map(toSummary) };
  }

  async getMessage({ messageId }: InputOf<Notifications['getMessage']>): Promise<Message> {
    const row = await this.messages.findOneBy({ messageId });
    if (row === null) throw new MessageNotFound({ messageId });
    return toMessage(row);
  }

  /** The message of this task, written now or at an earlier delivery of it. */
  private async store(messageId: string, input: InputOf<Notifications['send']>): Promise<MessageRow> {
    const row = this.messages.create({
      messageId,
      ...compose(input),
      channel: input.channel,
      carrier: this.postOffice.carrierOf(input.channel).name,
      recipient: input.to,
      template: input.template,
      attempts: 0,
      sentAt: null,
    });
    await this.messages.createQueryBuilder().insert().values(row).orIgnore().execute();
    return this.messages.findOneByOrFail({ messageId });
  }

  /** What may still succeed is thrown on: the task is delivered again, later each time. */
  private async noteFailure(messageId: string, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof Undeliverable) {
      await this.messages.update({ messageId }, { status: 'failed', reason });
      return;
    }
    await this.messages.update({ messageId }, { reason });
    throw error;
  }
}
