import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@macrolith/testing';
import type { ListedDelivery, Log, MessageDetails, Story } from '../ui/answers.js';
import type { Run, RunDetails } from '../ui/run-answers.js';
import { type Bakery, baked, burnt, openBakery, van } from './bakery.js';

const REASON = { who: 'grace', why: 'the oven is mended' };
const PATIENT = { withinMs: 20_000 };

let bakery: Bakery;

beforeAll(async () => {
  bakery = await openBakery();
});
afterAll(async () => {
  await bakery.close();
});

async function listed(query: string): Promise<readonly ListedDelivery[]> {
  return (await bakery.get<{ items: ListedDelivery[] }>(`/deliveries?${query}`)).body.items;
}

async function deadLetter(customer: string, bread: string): Promise<ListedDelivery> {
  burnt.add(bread);
  await bakery.sell(customer, bread);
  const found = await eventually(
    'A dead letter',
    () => listed(`state=dead&key=${customer}`),
    (items) => items.length > 0,
    PATIENT,
  );
  return found[0]!;
}

describe('the routes of the console', () => {
  test('tell what is owed to whom', async () => {
    await deadLetter('ada', 'rye');
    const { status, body } = await bakery.get<{ logs: readonly Log[] }>('/overview');
    expect(status).toBe(200);
    const [counter] = body.logs;
    expect(counter).toMatchObject({ log: 'counter', dead: 1, lastMessageAt: expect.stringMatching(/Z$/) });
    expect(body.logs.map(({ unreadable }) => unreadable)).toEqual(body.logs.map(() => 0));
    expect((await bakery.get('/unreadable')).body).toEqual({ messages: [] });
    expect(counter!.consumers.map(({ consumer }) => consumer)).toEqual(
      expect.arrayContaining(['ledger.note', 'oven.bake']),
    );
  });

  test('show a message with its data as text, and the story that it belongs to', async () => {
    const { messageId, correlationId } = await deadLetter('ben', 'rye');
    const { body } = await bakery.get<MessageDetails>(`/messages/${messageId}`);
    expect(body).toMatchObject({
      messageId,
      kind: 'event',
      type: 'counter.bread-sold.v1',
      key: 'ben',
      source: '/counter',
    });
    expect(JSON.parse(body.data)).toEqual({ customer: 'ben', bread: 'rye' });
    expect(body.deliveries.find(({ consumer }) => consumer === 'oven.bake')).toMatchObject({
      state: 'dead',
      failure: expect.stringContaining('The rye is burnt'),
    });
    for (const query of [`of=key&value=ben`, `of=correlation&value=${correlationId}`]) {
      const story = await bakery.get<Story>(`/story?${query}`);
      expect(story.body).toMatchObject({ isCut: false, messages: [{ messageId }] });
    }
  });

  test('retry, and keep who did it and why', async () => {
    const { messageId } = await deadLetter('cleo', 'spelt');
    burnt.delete('spelt');
    const { status, body } = await bakery.post(`/messages/${messageId}/interventions`, {
      action: 'retry',
      consumer: 'oven.bake',
      ...REASON,
    });
    expect({ status, body }).toEqual({ status: 201, body: { messageId, consumer: 'oven.bake' } });
    await eventually(
      'The baking',
      () => baked,
      (breads) => breads.includes('spelt'),
      PATIENT,
    );
    expect((await bakery.get<MessageDetails>(`/messages/${messageId}`)).body.interventions).toMatchObject([
      { action: 'retry', consumer: 'oven.bake', ...REASON },
    ]);
  });

  test('tell how many before they act on many', async () => {
    await deadLetter('dan', 'barley');
    await deadLetter('eve', 'barley');
    burnt.delete('barley');
    const filter = 'state=dead&consumer=oven.bake';
    const before = await bakery.get<{ found: number }>(`/interventions/count?action=discard&${filter}`);
    const body = { action: 'discard', state: 'dead', consumer: 'oven.bake', atMost: before.body.found, ...REASON };
    expect(await bakery.post('/interventions', body)).toMatchObject({ body: { changed: before.body.found } });
    expect(await listed('state=dead')).toEqual([]);
  });

  test('answer what is not possible with a problem that says why', async () => {
    const { messageId } = await deadLetter('fay', 'oat');
    const nobody = '0192e8d2-0000-4000-8000-000000000000';
    const ask = (id: string, change: object) => bakery.post(`/messages/${id}/interventions`, { ...REASON, ...change });
    expect(await ask(nobody, { action: 'retry' })).toMatchObject({
      status: 404,
      body: { code: 'events.message-not-found', messageId: nobody },
    });
    expect(await ask(messageId, { action: 'retry' })).toMatchObject({
      status: 400,
      body: { code: 'events.consumer-not-named', consumers: ['ledger.note', 'oven.bake'] },
    });
    expect(await ask(messageId, { action: 'replay', consumer: 'oven.bake' })).toMatchObject({
      status: 409,
      body: { code: 'events.action-not-possible', state: 'dead' },
    });
    expect(await ask(messageId, { action: 'discard', consumer: 'oven.bake', why: ' ' })).toMatchObject({
      status: 400,
      body: { code: 'events.reason-missing', missing: 'why' },
    });
    expect(await bakery.get('/deliveries?log=garage')).toMatchObject({
      status: 404,
      body: { code: 'events.log-not-found' },
    });
    expect(await bakery.get('/deliveries?state=lost')).toMatchObject({
      status: 400,
      body: { code: 'macrolith.invalid-input' },
    });
    expect(await bakery.get('/deliveries?cursor=x')).toMatchObject({
      status: 400,
      body: { code: 'events.invalid-cursor' },
    });
  });
});

describe('the console asks who it is', () => {
  const MESSAGE = '/messages/0192e8d2-0000-4000-8000-000000000000';
  const retry = (badge: string) => bakery.post(`${MESSAGE}/interventions`, { ...REASON, action: 'retry' }, badge);

  test('and shows nobody in particular, and whoever may not look, nothing', async () => {
    for (const path of [
      '/overview',
      '/deliveries',
      '/unreadable',
      MESSAGE,
      '/story?of=key&value=ada',
      '/runs?module=counter',
    ]) {
      expect(await bakery.get(path, '')).toMatchObject({ status: 401, body: { code: 'macrolith.unauthenticated' } });
      expect(await bakery.get(path, 'orders.mend')).toMatchObject({
        status: 403,
        body: { code: 'macrolith.permission-denied' },
      });
    }
    expect((await bakery.get('/overview', 'console.look')).status).toBe(200);
  });

  test('and lets only those change something who may, which is more than to look', async () => {
    expect((await retry('')).status).toBe(401);
    expect((await retry('console.look')).status).toBe(403);
    // It may, and there is no such message.
    expect((await retry('console.intervene')).status).toBe(404);
  });
});

describe('the routes of runs', () => {
  const change = (runId: string, body: object) =>
    bakery.post(`/runs/counter/${runId}/interventions`, { ...REASON, ...body });
  const stuck = () => bakery.get<{ items: readonly Run[] }>('/runs?module=counter&status=stuck');

  test('show where a run is stuck, and have it tried again', async () => {
    van.isBroken = true;
    await bakery.deliver('ada');
    const { body } = await eventually('A stuck run', stuck, (answer) => answer.body.items.length === 1, PATIENT);
    const { runId } = body.items[0]!;
    expect((await bakery.get('/overview')).body).toMatchObject({ runKeepers: ['counter'], stuckRuns: 1 });
    const show = () => bakery.get<RunDetails>(`/runs/counter/${runId}`);
    const run = (await show()).body;
    expect(run).toMatchObject({
      workflow: 'counter.deliver',
      status: 'stuck',
      isHeld: false,
      failure: expect.stringContaining('The van is broken'),
      steps: [
        { name: 'kept', direction: 'do', state: 'done' },
        { name: 'brought', direction: 'do', state: 'sent' },
      ],
    });
    expect(JSON.parse(run.input)).toEqual({ customer: 'ada' });

    van.isBroken = false;
    expect(await change(runId, { action: 'retry' })).toEqual({ status: 204, body: undefined });
    const ended = await eventually('The end of the run', show, (answer) => answer.body.status === 'done', PATIENT);
    expect(JSON.parse(ended.body.outcome!)).toEqual({ loaf: 'the loaf of ada' });
    expect(ended.body.interventions).toMatchObject([{ action: 'retry', ...REASON }]);
    expect(await change(runId, { action: 'cancel' })).toMatchObject({
      status: 409,
      body: { code: 'console.run-not-changeable', reason: 'ended' },
    });
  });

  test('list why a run was taken back', async () => {
    await bakery.deliver('nobody');
    expect(await bakery.get('/runs?module=counter&status=compensated')).toMatchObject({
      body: { items: [{ workflow: 'counter.deliver', refusal: 'Nobody opened for the loaf of nobody.' }] },
    });
  });

  test('answer what there is not with a problem that says so', async () => {
    const nobody = '0192e8d2-0000-4000-8000-000000000000';
    expect(await bakery.get('/runs?module=oven')).toMatchObject({
      status: 404,
      body: { code: 'console.runs-not-kept', modules: ['counter'] },
    });
    expect(await bakery.get(`/runs/counter/${nobody}`)).toMatchObject({
      status: 404,
      body: { code: 'console.run-not-found' },
    });
    expect(await change(nobody, { action: 'retry', who: ' ' })).toMatchObject({
      status: 400,
      body: { code: 'events.reason-missing', missing: 'who' },
    });
  });
});
