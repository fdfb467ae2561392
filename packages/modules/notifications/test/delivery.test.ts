import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { PortRegistry, runInContext, UnitOfWork } from '@macrolith/core';
import { bootModule, eventually, type RunningModules } from '@macrolith/testing';
import { Global, Module } from '@nestjs/common';
import { SMTPServer } from 'smtp-server';
import { Notifications } from '../src/index.js';
import { NotificationsModule, NotificationsOptions } from '../src/local.js';
import { aNotice } from '../src/testing.js';

/** What the mail server answers to the next recipients; then it takes everything. */
const refusals: number[] = [];
const delivered: string[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: (_address, _session, done) => {
    const responseCode = refusals.shift();
    done(responseCode === undefined ? null : Object.assign(new Error('Mailbox unavailable'), { responseCode }));
  },
  onData: (stream, session, done) => {
    stream.resume();
    stream.on('end', () => {
      delivered.push(session.envelope.rcptTo[0]!.address);
      done();
    });
  },
});

let modules: RunningModules;
let notifications: Notifications;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as AddressInfo;
  const options = new NotificationsOptions({ smtpUrl: `smtp://127.0.0.1:${port}` });

  @Global()
  @Module({ providers: [{ provide: NotificationsOptions, useValue: options }], exports: [NotificationsOptions] })
  class MailServer {}

  modules = await bootModule(NotificationsModule, { imports: [MailServer] });
  notifications = modules.port(Notifications);
});
afterAll(async () => {
  await modules.close();
  await new Promise<void>((closed) => server.close(closed));
});
beforeEach(() => {
  refusals.length = 0;
  delivered.length = 0;
});

const email = (to: string) => aNotice({ channel: 'email', to });
const messagesTo = async (to: string) => (await notifications.listMessages({ to })).items;
const settled = (to: string) =>
  eventually(
    `The message to ${to}`,
    () => messagesTo(to),
    ([message]) => (message?.status ?? 'queued') !== 'queued',
  );

test('an e-mail leaves through the mail server', async () => {
  await notifications.send(email('ada@example.com'));

  expect(await settled('ada@example.com')).toMatchObject([{ carrier: 'smtp', status: 'sent', attempts: 1 }]);
  expect(delivered).toEqual(['ada@example.com']);
});

test('the memory channel does not ask the mail server', async () => {
  await notifications.send(aNotice({ to: 'bob@example.com' }));

  expect(await settled('bob@example.com')).toMatchObject([{ carrier: 'memory', status: 'sent' }]);
  expect(delivered).toEqual([]);
});

test('a busy mail server is asked again, and the message stays one', async () => {
  refusals.push(450, 451);

  await notifications.send(email('busy@example.com'));

  expect(await settled('busy@example.com')).toMatchObject([{ status: 'sent', attempts: 3 }]);
  expect(await messagesTo('busy@example.com')).toEqual([expect.not.objectContaining({ reason: expect.anything() })]);
  expect(delivered).toEqual(['busy@example.com']);
});

test('what the mail server refuses for good is failed with its reason, and not tried again', async () => {
  refusals.push(550);

  await notifications.send(email('nobody@example.com'));

  expect(await settled('nobody@example.com')).toMatchObject([
    { status: 'failed', reason: expect.stringContaining('Mailbox unavailable'), attempts: 1 },
  ]);
});

test('a recipient without an address is failed with the reason', async () => {
  await notifications.send(email('17850'));

  expect(await settled('17850')).toMatchObject([
    { status: 'failed', reason: expect.stringContaining('not an e-mail') },
  ]);
});

test('a task that is delivered twice is one message, sent once', async () => {
  const provider = modules.get(PortRegistry).providerOf('notifications')!;
  const messageId = randomUUID();

  for (let delivery = 1; delivery <= 2; delivery += 1) {
    await runInContext({ messageId }, () => provider.send!(email('twice@example.com')));
  }

  expect(await messagesTo('twice@example.com')).toMatchObject([{ messageId, status: 'sent', attempts: 1 }]);
  expect(delivered).toEqual(['twice@example.com']);
});

test('what is sent in a transaction that rolls back is never sent', async () => {
  const unitOfWork = modules.get(UnitOfWork);
  const rolledBack = unitOfWork.run(async () => {
    await notifications.send(email('never@example.com'));
    throw new Error('no');
  });
  await expect(rolledBack).rejects.toThrow('no');

  await notifications.send(email('after@example.com'));
  await settled('after@example.com');

  expect(await messagesTo('never@example.com')).toEqual([]);
  expect(delivered).toEqual(['after@example.com']);
});
