import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { type ContractSubject, eventually } from '@macrolith/testing';
import { MessageNotFound, type MessageSummary, type Notifications } from '../src/index.js';
import { aNotice } from '../src/testing.js';

/** What every provider of notifications must do. Tests share one, so each works on recipients of its own. */
export function specifyNotifications(notifications: ContractSubject<typeof Notifications>): void {
  const arrived = async (to: string, count = 1): Promise<MessageSummary[]> => {
    const look = async () => (await notifications.port.listMessages({ to })).items;
    return eventually(`A message to ${to}`, look, (items) => items.length >= count && items.every(isSettled));
  };

  test('a message is rendered, sent and listed', async () => {
    await notifications.port.send(aNotice({ to: 'sent' }));

    const [summary] = await arrived('sent');

    expect(summary).toEqual({
      messageId: expect.any(String),
      channel: 'memory',
      carrier: 'memory',
      to: 'sent',
      template: 'order-placed',
      locale: 'en',
      subject: 'We have your order 1001',
      status: 'sent',
      attempts: 1,
      createdAt: expect.any(Date),
      sentAt: expect.any(Date),
    });
    expect(await notifications.port.getMessage({ messageId: summary!.messageId })).toEqual({
      ...summary,
      text: expect.stringContaining('2 × White metal lantern'),
      html: expect.stringContaining('<p>2 × White metal lantern</p>'),
    });
  });

  test('e-mail without a mail server stays in memory, and the message says so', async () => {
    await notifications.port.send(aNotice({ channel: 'email', to: 'ada@example.com' }));

    expect(await arrived('ada@example.com')).toMatchObject([{ channel: 'email', carrier: 'memory', status: 'sent' }]);
  });

  test('a reader gets the nearest language that there is', async () => {
    await notifications.port.send(aNotice({ to: 'german', locale: 'de-AT' }));

    expect(await arrived('german')).toMatchObject([{ locale: 'de', subject: 'Ihre Bestellung 1001 ist eingegangen' }]);
  });

  test('a template that does not exist is a failed message that says which there are', async () => {
    await notifications.port.send(aNotice({ to: 'unknown', template: '__proto__' }));

    expect(await arrived('unknown')).toMatchObject([
      { status: 'failed', reason: expect.stringContaining("'__proto__'. There are: order-placed,"), attempts: 0 },
    ]);
  });

  test('data that a template lacks is a failed message that names it', async () => {
    await notifications.port.send(aNotice({ to: 'lacking', data: { order: '1', lines: '' } }));

    expect(await arrived('lacking')).toMatchObject([{ status: 'failed', reason: expect.stringContaining("'total'") }]);
  });

  test('a message that nobody asked for is not found', async () => {
    await expect(notifications.port.getMessage({ messageId: randomUUID() })).rejects.toThrow(MessageNotFound);
  });

  test('messages are listed newest first, in pages, by what became of them', async () => {
    for (const order of ['1', '2', '3']) {
      await notifications.port.send(aNotice({ to: 'pages', data: { order, lines: '', total: '' } }));
      await arrived('pages', Number(order));
    }
    await notifications.port.send(aNotice({ to: 'pages', template: 'none' }));
    await arrived('pages', 4);

    const first = await notifications.port.listMessages({ to: 'pages', status: 'sent', limit: 2 });
    const second = await notifications.port.listMessages({ to: 'pages', status: 'sent', cursor: first.nextCursor! });

    expect([...first.items, ...second.items].map(({ subject }) => subject)).toEqual([
      'We have your order 3',
      'We have your order 2',
      'We have your order 1',
    ]);
    expect(second).not.toHaveProperty('nextCursor');
    expect((await notifications.port.listMessages({ to: 'pages', status: 'failed' })).items).toHaveLength(1);
  });
}

function isSettled({ status }: MessageSummary): boolean {
  return status !== 'queued';
}
