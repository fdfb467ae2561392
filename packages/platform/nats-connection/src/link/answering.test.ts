import { expect, test } from '@jest/globals';
import type { Msg } from '@nats-io/transport-node';
import { answering } from './answering.js';

/** What becomes of a question whose answer is to go there: what was done, in this order. */
async function outcomeOf(reply: string | undefined, answer: () => void | Promise<void>): Promise<string[]> {
  const done: string[] = [];
  const answered = () => {
    done.push('answered');
    return answer();
  };
  answering(answered, () => void done.push('dropped'))(null, { reply } as Msg);
  await new Promise((resolve) => setImmediate(resolve));
  return done;
}

const closed = () => {
  throw new Error('the connection is closed');
};

test('a question is answered in an inbox, at once or later', async () => {
  expect(await outcomeOf('_INBOX.macrolith.orders.1', () => {})).toEqual(['answered']);
  expect(await outcomeOf('_INBOX.macrolith.orders.1', async () => {})).toEqual(['answered']);
});

test.each(['$JS.API.STREAM.DELETE.macrolith-events', 'macrolith.calls.payments.capture', '', undefined])(
  'what wants its answer at %j is dropped before anybody looks at it',
  async (reply) => {
    expect(await outcomeOf(reply, () => {})).toEqual(['dropped']);
  },
);

test('an answer that cannot be given is dropped, and neither the reading of the connection nor the process ends', async () => {
  expect(await outcomeOf('_INBOX.a', closed)).toEqual(['answered', 'dropped']);
  expect(await outcomeOf('_INBOX.a', async () => closed())).toEqual(['answered', 'dropped']);
});
