import { readFile } from 'node:fs/promises';
import { expect } from '@jest/globals';
import { headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';

interface CallVector {
  readonly name: string;
  readonly request: { readonly subject: string; readonly headers: Record<string, string>; readonly body: string };
  readonly answer: { readonly headers: Record<string, string>; readonly body: unknown };
}

interface EventVector {
  readonly name: string;
  readonly message: CallVector['request'];
  /** What a reader makes of it; nothing, when it is no event. */
  readonly event: { readonly id: string } | null;
}

const file = new URL('../../../docs/wire-vectors.json', import.meta.url);
const vectors = JSON.parse(await readFile(file, 'utf8')) as {
  fraud: { calls: readonly CallVector[] };
  events: { messages: readonly EventVector[] };
};

/** Calls to a provider of fraud, and events as they are in the stream, that docs/wire-vectors.json shows. */
export const { calls } = vectors.fraud;
export const { messages } = vectors.events;

/** The ids that the messages bear, whether or not they are events. */
export const messageIds: ReadonlySet<string> = new Set(
  messages.flatMap(({ message }) =>
    Object.entries(message.headers).flatMap(([name, id]) => (name.toLowerCase() === 'ce-id' ? [id] : [])),
  ),
);

/** Sends every call, and compares the answers. */
export async function sendCalls(stranger: NatsConnection): Promise<void> {
  for (const { name, request, answer } of calls) {
    const options = { headers: headersOf(request.headers), timeout: 20_000 };
    const got = await stranger.request(request.subject, request.body, options);
    const told = Object.fromEntries([...(got.headers ?? [])].map(([header, [value]]) => [header, value]));
    const actual = { name, status: told['Macrolith-Status'], headers: told, body: got.json() };
    expect(actual).toMatchObject({ name, status: answer.headers['Macrolith-Status'], ...answer });
  }
}

export function headersOf(record: Readonly<Record<string, string>>): MsgHdrs {
  const all = headers();
  for (const [name, value] of Object.entries(record)) all.append(name, value);
  return all;
}
