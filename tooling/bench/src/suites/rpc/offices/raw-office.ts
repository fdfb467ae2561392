import { connect } from '@nats-io/transport-node';
import { type Quote, quoteFor, type Wish } from '../quote.js';
import type { Office } from './office.js';

const SUBJECT = 'raw.quote';
const TIMEOUT_MS = 10_000;

/** What one writes with the client alone: JSON there, JSON back. No validation, no headers, no errors, no drain. */
export const rawOffice: Office = {
  name: 'raw client, JSON',
  async serve(natsUrl) {
    const connection = await connect({ servers: natsUrl, noAsyncTraces: true });
    connection.subscribe(SUBJECT, {
      queue: 'raw',
      callback: (error, message) => {
        if (error === null) message.respond(JSON.stringify(quoteFor(message.json<Wish>())));
      },
    });
    await connection.flush();
    return () => connection.close();
  },
  async customer(natsUrl) {
    const connection = await connect({ servers: natsUrl, noAsyncTraces: true });
    return {
      async ask(wish) {
        const answer = await connection.request(SUBJECT, JSON.stringify(wish), { timeout: TIMEOUT_MS });
        return answer.json<Quote>();
      },
      close: () => connection.close(),
    };
  },
};
