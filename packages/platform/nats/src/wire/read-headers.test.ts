import { expect, test } from '@jest/globals';
import { startNats } from '@macrolith/local-services';
import { connect, headers, type Msg } from '@nats-io/transport-node';
import fc from 'fast-check';
import { headerBlock } from './header-block.js';
import { hasHeaders, readHeaders } from './read-headers.js';

/** Has messages brought by a real nats-server. */
async function postOffice() {
  const nats = await startNats();
  const connection = await connect({ servers: nats.url });
  let onMessage = (_: Msg): void => {};
  connection.subscribe('post', { callback: (_, message) => onMessage(message) });
  return {
    bring(record: readonly (readonly [string, string])[] | undefined, body = 'body'): Promise<Msg> {
      const { promise, resolve } = Promise.withResolvers<Msg>();
      onMessage = resolve;
      const sent = headers();
      for (const [name, value] of record ?? []) sent.append(name, value);
      connection.publish('post', body, record === undefined ? {} : { headers: sent });
      return promise;
    },
    async close() {
      await connection.close();
      await nats.stop();
    },
  };
}

test('headers are read as the client of NATS reads them, and their first value counts', async () => {
  const post = await postOffice();
  const word = fc.string({ unit: fc.constantFrom('a', 'B', '7', '-', '%'), minLength: 1, maxLength: 12 });
  const value = fc.string({ unit: fc.constantFrom('a', ' ', ':', '=', 'é', '"'), maxLength: 12 });

  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(word, value), { minLength: 1, maxLength: 8 }), async (record) => {
      const message = await post.bring(record);
      expect([...readHeaders(message)!.values]).toEqual([...message.headers!].map(([name, [first]]) => [name, first]));
      expect(message.string()).toBe('body');
    }),
  );
  await post.close();
});

test('a message without headers has none', async () => {
  const post = await postOffice();
  expect([...readHeaders(await post.bring(undefined))!.values]).toEqual([]);
  await post.close();
});

test('headers are compared to the last letter', async () => {
  const post = await postOffice();
  const block = headerBlock('A: 1\r\n').encode();

  expect(hasHeaders(await post.bring([['A', '1']]), block)).toBe(true);
  expect(hasHeaders(await post.bring([['A', '2']]), block)).toBe(false);
  expect(
    hasHeaders(
      await post.bring([
        ['A', '1'],
        ['B', '1'],
      ]),
      block,
    ),
  ).toBe(false);
  expect(hasHeaders(await post.bring(undefined), block)).toBe(false);
  await post.close();
});
