import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Fault, type Faults } from '../faults/faults.ts';
import { CUT, withFault } from '../faults/with-fault.ts';
import { toJson } from '../network/authorisation.ts';
import type { Answer, Network } from '../network/network.ts';
import type { Store } from '../network/store.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import { isAllowed } from './access.ts';

const MAX_AMOUNT = 10n ** 15n;
const AmountMinor = z
  .string()
  .regex(/^[1-9][0-9]{0,15}$/, 'must be a whole number of minor units from 1')
  .transform(BigInt)
  .refine((amount) => amount <= MAX_AMOUNT, 'is too much');

const NewAuthorisation = z.strictObject({
  // No card number looks like this.
  token: z.string().regex(/^tok_[a-z0-9_]{1,64}$/, 'must be a token: card numbers are not taken'),
  reference: z.string().min(1).max(128),
  amountMinor: AmountMinor,
  currency: z.string().regex(/^[A-Z]{3}$/),
});

const Part = z.strictObject({ amountMinor: AmountMinor });
const Key = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters');
const Listing = z.object({
  after: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  reference: z.string().max(128).optional(),
});
const ThisOne = z.object({ id: z.string().max(64) });

export interface Parts {
  readonly apiKey: string;
  readonly network: Network;
  readonly store: Store;
  readonly faults: Faults;
  readonly webhooks: Webhooks;
}

/** The sandbox as it is served, not yet listening. */
export function server({ apiKey, network, store, faults, webhooks }: Parts): FastifyInstance {
  const app = fastify({ bodyLimit: 64 * 1024, forceCloseConnections: 'idle' });

  app.addHook('onRequest', async (request, reply) => {
    if (request.url === '/health' || isAllowed(request.headers.authorization, apiKey)) return;
    await reply.status(401).send({ error: 'unauthorised', message: 'Show the API key: Authorization: Bearer …' });
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, _, reply) => {
    const status = error instanceof z.ZodError ? 400 : (error.statusCode ?? 500);
    const message = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
    void reply.status(status).send({ error: status < 500 ? 'invalid-request' : 'internal', message });
  });

  app.get('/health', () => ({ status: 'ok' }));

  app.post('/v1/authorisations', async (request, reply) => {
    const [key, body] = [keyOf(request), NewAuthorisation.parse(request.body)];
    const answer = await withFault(faults, 'authorise', (fault) =>
      network.authorise(key, body, fault?.kind === 'decline' ? fault.reason : undefined),
    );
    return answerWith(reply, answer);
  });
  for (const act of ['capture', 'refund', 'void'] as const) {
    app.post(`/v1/authorisations/:id/${act}`, async (request, reply) => {
      const [key, { id }] = [keyOf(request), ThisOne.parse(request.params)];
      const { amountMinor } = act === 'void' ? { amountMinor: 0n } : Part.parse(request.body);
      return answerWith(reply, await withFault(faults, act, () => network.act(key, id, act, amountMinor)));
    });
  }
  app.get('/v1/authorisations', async (request, reply) => {
    const { limit, after, reference } = Listing.parse(request.query);
    const listed = await withFault(faults, 'list', () => {
      const wanted = {
        limit,
        ...(after === undefined ? {} : { after }),
        ...(reference === undefined ? {} : { reference }),
      };
      return { status: 200, body: JSON.stringify({ items: store.list(wanted).map(toJson) }) };
    });
    return answerWith(reply, listed);
  });

  app.get('/admin/faults', () => faults.state);
  app.post('/admin/faults', async (request, reply) => {
    faults.add(Fault.parse(request.body));
    return reply.status(201).send(faults.state);
  });
  app.delete('/admin/faults', async () => {
    faults.clear();
    return faults.state;
  });
  app.post('/admin/release', async () => {
    faults.release();
    return faults.state;
  });
  app.put('/admin/webhook-endpoint', async (request) => {
    const { url } = z.strictObject({ url: z.url({ protocol: /^https?$/ }) }).parse(request.body);
    webhooks.endpoint = url;
    return { url };
  });
  return app;
}

function keyOf({ headers }: FastifyRequest): string {
  return Key.parse(headers['idempotency-key'] ?? '');
}

function answerWith(reply: FastifyReply, answer: Answer | typeof CUT): FastifyReply {
  if (answer === CUT) {
    reply.hijack();
    reply.raw.destroy();
    return reply;
  }
  return reply.status(answer.status).type('application/json').send(answer.body);
}
