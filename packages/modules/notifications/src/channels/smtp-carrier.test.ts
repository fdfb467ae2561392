import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { Undeliverable } from './carrier.js';
import { SmtpCarrier } from './smtp-carrier.js';

const letter = {
  messageId: '00000000-0000-4000-8000-000000000001',
  to: 'ada@example.com',
  subject: 'Ihre Bestellung für 5 €',
  text: 'Guten Tag',
  html: '<p>Guten Tag</p>',
};

interface Mailbox {
  readonly url: string;
  readonly received: { from: string; to: string[]; source: string }[];
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

test('a letter arrives with both forms of its body', async () => {
  const { url, received } = await mailServer();

  await carrier(url).deliver(letter);

  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ from: 'shop@example.com', to: ['ada@example.com'] });
  expect(received[0]!.source).toMatch(/^Content-Type: multipart\/alternative/m);
  expect(received[0]!.source).toMatch(/^X-Macrolith-Message: 00000000-0000-4000-8000-000000000001/m);
});

test('many letters share a few connections', async () => {
  let connections = 0;
  const { url, received } = await mailServer({
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
  });
  const smtp = carrier(url);

  await Promise.all(Array.from({ length: 20 }, () => smtp.deliver(letter)));

  expect(received).toHaveLength(20);
  expect(connections).toBeLessThanOrEqual(5);
});

test('the mail server learns user and password', async () => {
  const seen: unknown[] = [];
  const { url } = await mailServer({
    authOptional: false,
    onAuth: ({ username, password }, _session, done) => {
      seen.push([username, password]);
      done(null, { user: username });
    },
  });

  await carrier(url.replace('smtp://', 'smtp://shop:p%40ss@')).deliver(letter);

  expect(seen).toEqual([['shop', 'p@ss']]);
});

test('a recipient that the server refuses for good is undeliverable', async () => {
  const { url } = await mailServer({ onRcptTo: (_to, _session, done) => done(reply(550, 'No such person')) });

  await expect(carrier(url).deliver(letter)).rejects.toBeInstanceOf(Undeliverable);
});

test('a server that is busy is worth another attempt', async () => {
  const { url } = await mailServer({ onRcptTo: (_to, _session, done) => done(reply(450, 'Try later')) });

  const failure = await carrier(url)
    .deliver(letter)
    .catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(Error);
  expect(failure).not.toBeInstanceOf(Undeliverable);
});

test('a server that does not answer is worth another attempt, and its password is not told', async () => {
  const failure = (await carrier('smtp://shop:hunter2@127.0.0.1:1')
    .deliver(letter)
    .catch((error: unknown) => error)) as Error;

  expect(failure).not.toBeInstanceOf(Undeliverable);
  expect(`${failure.message}${failure.stack}`).not.toContain('hunter2');
});

test.each([
  '17850',
  'ada@example.com, eve@example.com',
  'Ada <ada@example.com>',
  'ada@example.com\r\nRCPT TO:<eve@x.y>',
])('%j is no address, and nobody is asked', async (to) => {
  const { url, received } = await mailServer();

  await expect(carrier(url).deliver({ ...letter, to })).rejects.toBeInstanceOf(Undeliverable);
  expect(received).toEqual([]);
});

function carrier(url: string): SmtpCarrier {
  const smtp = new SmtpCarrier(url, 'Shop <shop@example.com>');
  closing.push(() => smtp.close());
  return smtp;
}

/** A mail server on a free port of this machine. */
async function mailServer(options: SMTPServerOptions = {}): Promise<Mailbox> {
  const received: Mailbox['received'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
    ...options,
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(() => server.close());
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, received };
}

function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
