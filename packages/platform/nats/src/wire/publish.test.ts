import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  ClosedConnectionError,
  connect,
  DrainingConnectionError,
  InvalidSubjectError,
  type Msg,
} from '@nats-io/transport-node';
import fc from 'fast-check';
import { PostOffice } from '../../test/post-office.js';
import { headerLine } from './header-lines.js';
import { MessageTooLarge, type Outgoing, publish } from './publish.js';

let post: PostOffice;
beforeAll(async () => {
  post = await PostOffice.open();
});
afterAll(() => post.close());

/** A message as a real nats-server brings it. */
function brought(message: Outgoing): Promise<Msg> {
  return post.brought((connection) => publish(connection, message));
}

test('subject, reply, headers and body arrive as they were published, in whatever letters they are', async () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'B', '7', '-'), minLength: 1, maxLength: 12 });
  const value = fc.string({ unit: fc.constantFrom('a', ':', '=', '%', '"'), minLength: 1, maxLength: 12 });
  const headers = fc.option(fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, minLength: 1 }));
  const subject = fc.constantFrom('post.office', 'post.größe', 'post.局');
  const reply = fc.option(fc.constantFrom('_INBOX.a.1', '_INBOX.ä.2'), { nil: undefined });
  const body = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.toWellFormed().replace(/^\uFEFF/, ''));

  await fc.assert(
    fc.asyncProperty(subject, reply, headers, body, async (to, answerTo, lines, text) => {
      const message = await brought({
        subject: to,
        ...(answerTo !== undefined && { reply: answerTo }),
        lines: lines?.map(([key, said]) => headerLine(key, said)).join(''),
        body: text,
      });
      expect(message.subject).toBe(to);
      expect(message.reply || undefined).toBe(answerTo);
      expect([...(message.headers ?? [])].map(([key, [first]]) => [key, first])).toEqual(lines ?? []);
      expect(message.string()).toBe(text);
    }),
  );
});

test('what fits into a message is published, and one byte more is refused', async () => {
  const { connection } = post;
  const most = connection.info!.max_payload;

  expect((await brought({ subject: 'post.office', body: 'é'.repeat(most / 2) })).data).toHaveLength(most);
  const refusal = new MessageTooLarge(most);
  expect(() => publish(connection, { subject: 'post.office', body: `${'é'.repeat(most / 2)}.` })).toThrow(refusal);
  expect(() => publish(connection, { subject: 'post.office', lines: 'A: 1\r\n', body: '.'.repeat(most) })).toThrow(
    refusal,
  );
});

test.each(['', 'post office', 'post.office 2\r\nPUB post.other 0\r\n\r\n'])(
  'an address for an answer that would be a command of its own is refused: %j',
  (subject) => {
    expect(() => publish(post.connection, { subject, body: '' })).toThrow(InvalidSubjectError);
  },
);

test('a connection that is being closed takes nothing more', async () => {
  const other = await connect({ servers: post.nats.url });
  const drained = other.drain();
  await drained;
  expect(() => publish(other, { subject: 'post.office', body: '' })).toThrow(ClosedConnectionError);

  const leaving = await connect({ servers: post.nats.url });
  leaving.subscribe('post.leaving', { callback: () => {} });
  const left = leaving.drain();
  let refusal: unknown;
  // Subscriptions are drained first, and until then answers are published.
  while (refusal === undefined) {
    try {
      publish(leaving, { subject: 'post.office', body: '' });
      await new Promise(setImmediate);
    } catch (error) {
      refusal = error;
    }
  }
  expect(refusal instanceof DrainingConnectionError || refusal instanceof ClosedConnectionError).toBe(true);
  await left;
});
