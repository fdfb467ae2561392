import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { headers, type Msg } from '@nats-io/transport-node';
import fc from 'fast-check';
import { PostOffice } from '../../test/post-office.js';
import { eachHeader, firstHeader } from './header-lines.js';
import { hasHeaders, numberInSubject } from './message-bytes.js';
import { received } from './received.js';

type Headers = readonly (readonly [string, string])[];

let post: PostOffice;
beforeAll(async () => {
  post = await PostOffice.open();
});
afterAll(() => post.close());

/** A message as a real nats-server brings it. */
function brought(sent: Headers | undefined, body: string | Uint8Array = '', subject = 'post.office'): Promise<Msg> {
  const all = headers();
  for (const [name, value] of sent ?? []) all.append(name, value);
  return post.brought((connection) => connection.publish(subject, body, sent === undefined ? {} : { headers: all }));
}

function headersOf(text: string): Map<string, string> {
  const all = new Map<string, string>();
  eachHeader(text, firstHeader(text), (name, value) => void (all.has(name) || all.set(name, value)));
  return all;
}

const ONE: Headers = [['A', '1']];

test('headers and body are read as the client of NATS reads them, in whatever letters they are', async () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'B', '7', '-', '%'), minLength: 1, maxLength: 12 });
  const value = fc.string({ unit: fc.constantFrom('a', ' ', ':', '=', 'é', '"'), maxLength: 12 });
  const body = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.toWellFormed().replace(/^\uFEFF/, ''));

  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(word, value), { minLength: 1, maxLength: 8 }), body, async (sent, text) => {
      const message = await brought(sent, text);
      const read = received(message)!;
      expect([...headersOf(read.head)]).toEqual([...message.headers!].map(([name, [first]]) => [name, first]));
      expect(read.body).toBe(text);
    }),
  );
});

test('a message without headers has none', async () => {
  const message = await brought(undefined, 'body');
  expect(hasHeaders(message)).toBe(false);
  expect(received(message)).toBeUndefined();
});

test('a body that is no UTF-8 is none, and one that shows where others were not is', async () => {
  expect(received(await brought(ONE, Buffer.from('é', 'latin1')))!.body).toBeUndefined();
  expect(received(await brought(ONE, '\uFFFD'))!.body).toBe('\uFFFD');
});

test('a byte order mark is no part of the body', async () => {
  expect(received(await brought(ONE, '\uFEFF{}'))!.body).toBe('{}');
});

test.each([
  ['post.7', 7],
  ['post.1024', 1_024],
  ['post.7a', undefined],
  ['post.-1', undefined],
])('the number in %s is %p', async (subject, number) => {
  expect(numberInSubject(await brought(undefined, '', subject), 'post.'.length)).toBe(number);
});
