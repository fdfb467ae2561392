import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { InvalidInput, UnexpectedError } from '@macrolith/contract';
import { CallCancelled, type CallContext, Cancellation, currentContext, runInContext } from '@macrolith/core';
import { RemoteOverloaded, RemoteTimedOut, RemoteUnavailable } from '@macrolith/nats';
import { Applications, type Provider } from './applications.js';
import { Observatory, Overcast } from './observatory.js';

let applications: Applications;
beforeAll(async () => {
  applications = await Applications.start();
});
afterEach(() => applications.closeAll());
afterAll(() => applications.end());

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${TRACE}-b7ad6b7169203331-01`;
const sighting = {
  star: 'Sirius',
  at: new Date('2026-01-01T22:00:00.000Z'),
  distanceKm: 81_360_000_000_000_001n,
  magnitudes: new Map([
    ['V', -1.46],
    ['B', -1.46],
  ]),
};

async function pair() {
  const provider = await applications.provider();
  return { provider, ...(await applications.caller()) };
}

const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a call of a module in another process', () => {
  test('hands over values, and gets values back', async () => {
    const { port } = await pair();

    const seen = await port.look({ ...sighting, note: undefined });

    expect(seen).toEqual(sighting);
    expect(seen.at).toBeInstanceOf(Date);
    expect(seen.magnitudes).toBeInstanceOf(Map);
    expect(Object.keys(seen)).not.toContain('note');
  });

  test('answers undefined where the contract promises nothing', async () => {
    const { port, provider } = await pair();

    expect(await port.polish()).toBeUndefined();
    expect(provider.service.polished).toBe(1);
  });

  test('throws a declared error as its class with its fields', async () => {
    const { port } = await pair();

    const refusal = await errorOf(port.observe({ star: 'clouds' }));

    expect(refusal).toBeInstanceOf(Overcast);
    expect(refusal).toMatchObject({ until: new Date('2026-06-01T00:00:00.000Z'), code: 'observatory.overcast' });
  });

  test('throws any other error as one that tells its trace, and nothing of the inside', async () => {
    const { port } = await pair();

    const failure = await errorOf(runInContext({ traceparent }, () => port.observe({ star: 'black hole' })));

    expect(failure).toBeInstanceOf(UnexpectedError);
    expect(failure).toMatchObject({ operation: 'observatory.observe', traceId: TRACE });
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('telescope');
  });

  test('does not leave the process with an argument that the contract refuses', async () => {
    const { port, provider } = await pair();

    await expect(port.observe({ star: 7 as never })).rejects.toThrow(InvalidInput);
    expect(provider.server.state.underWay).toBe(0);
  });

  test('takes its context along: trace, tenant, locale, story, key and time left', async () => {
    const { port } = await pair();
    const context: CallContext = {
      traceparent,
      tracestate: 'rojo=00f067aa0ba902b7, congo=t61rcWkgMzE',
      tenant: 'Ålesund & sons',
      locale: 'de-AT',
      correlationId: 'story 1\r\nX: y',
      deadlineAt: Date.now() + 4_000,
    };

    const seen = JSON.parse((await runInContext(context, () => port.whoAsks())).json) as CallContext;

    expect(seen).toMatchObject({
      traceparent,
      tracestate: context.tracestate,
      tenant: context.tenant,
      locale: 'de-AT',
      correlationId: context.correlationId,
    });
    expect(Math.abs(seen.deadlineAt! - context.deadlineAt!)).toBeLessThan(2_000);
  });

  test('that asks for a task to be done has it done under the id of its message', async () => {
    const { registry, provider } = await pair();
    const clean = registry.performing(Observatory.op.clean, 'astronomer')!;

    const messageId = '0198c5a4-5d5e-7000-8000-000000000001';

    await runInContext({ messageId }, () => clean({ lens: 'front' }));

    expect(provider.service.cleaned).toEqual([{ lens: 'front', messageId }]);
  });
});

test('a command that is sent twice under one key acts once', async () => {
  const { port, provider } = await pair();
  const observe = () => runInContext({ idempotencyKey: 'wish' }, () => port.observe({ star: 'Vega' }));

  expect(await Promise.all([observe(), observe()])).toEqual([{ count: 1 }, { count: 1 }]);
  expect(await observe()).toEqual({ count: 1 });
  expect(provider.service.observed).toEqual(['Vega']);
});

test('a command that takes long is sent once more under its key, acts once, is answered, and speaks against nobody', async () => {
  const provider = await applications.provider();
  const { port, calls } = await applications.caller({ resilience: { attemptTimeoutMs: 100, failuresToOpen: 1 } });
  const { promise: heldBack, resolve: goOn } = Promise.withResolvers<void>();
  const observe = provider.service.observe.bind(provider.service);
  provider.service.observe = async (input) => {
    await heldBack;
    return observe(input);
  };

  const answer = port.observe({ star: 'Deneb' });
  setTimeout(goOn, 700);

  expect(await answer).toEqual({ count: 1 });
  expect(provider.service.observed).toEqual(['Deneb']);
  expect(calls.remoteModules).toMatchObject([{ circuit: 'closed', sentAgain: { 'no-answer': 1 } }]);
});

describe('a query is called off where it runs', () => {
  /** How the exposure of a plate ends. */
  async function ending({ service }: Provider, plate: string): Promise<unknown> {
    while (!service.exposures.has(plate)) await new Promise(setImmediate);
    return errorOf(service.exposures.get(plate)!.promise);
  }

  test('when its caller goes away, and in all processes of the module', async () => {
    const providers = [await applications.provider(), await applications.provider()];
    const { port } = await applications.caller();
    const cancellation = new Cancellation();
    const plates = Array.from({ length: 12 }, (_, nth) => `plate ${nth}`);

    const calls = plates.map((plate) => errorOf(runInContext({ cancellation }, () => port.expose({ plate }))));
    const other = port.expose({ plate: 'of somebody else' });
    const isThere = (plate: string) => providers.some(({ service }) => service.exposures.has(plate));
    while (![...plates, 'of somebody else'].every(isThere)) await new Promise(setImmediate);
    cancellation.cancel();

    for (const failure of await Promise.all(calls)) expect(failure).toBeInstanceOf(CallCancelled);
    for (const { service } of providers) {
      for (const [plate, { promise, resolve }] of service.exposures) {
        if (plate === 'of somebody else') resolve('done');
        else expect(await errorOf(promise)).toBeInstanceOf(CallCancelled);
      }
    }
    expect(await other).toBe('done');
  });

  test('when its time is over', async () => {
    const { port, provider } = await pair();

    const call = errorOf(runInContext({ deadlineAt: Date.now() + 150 }, () => port.expose({ plate: 'late' })));

    expect(await ending(provider, 'late')).toBeInstanceOf(CallCancelled);
    expect(await call).toBeInstanceOf(RemoteTimedOut);
  });

  test('and is not sent when nobody waits from the start', async () => {
    const { port, provider } = await pair();
    const cancellation = new Cancellation();
    cancellation.cancel();

    const failure = await errorOf(runInContext({ cancellation }, () => port.expose({ plate: 'never' })));

    expect(failure).toBeInstanceOf(CallCancelled);
    expect(provider.service.exposures.size).toBe(0);
  });

  test('and its process goes on answering where what ends with the query fails', async () => {
    const { port, provider } = await pair();
    const { service } = provider;
    const expose = service.expose.bind(service);
    service.expose = (input) => {
      currentContext().cancellation!.onCancel(() => {
        throw new Error('the shutter is stuck');
      });
      return expose(input);
    };

    const call = errorOf(runInContext({ deadlineAt: Date.now() + 150 }, () => port.expose({ plate: 'stuck' })));

    expect(await ending(provider, 'stuck')).toBeInstanceOf(CallCancelled);
    expect(await call).toBeInstanceOf(RemoteTimedOut);
    expect(await port.look(sighting)).toEqual(sighting);
  });

  test('and a command is not: what has begun is done', async () => {
    const { port, provider } = await pair();
    const cancellation = new Cancellation();
    const { observe } = provider.service;
    provider.service.observe = (input) => {
      cancellation.cancel();
      return observe.call(provider.service, input);
    };

    const failure = await errorOf(runInContext({ cancellation }, () => port.observe({ star: 'Vega' })));

    expect(failure).toBeInstanceOf(CallCancelled);
    while (provider.server.state.underWay > 0) await new Promise(setImmediate);
    expect(provider.service.observed).toEqual(['Vega']);
  });
});

describe('a call fails with an error that says what to do', () => {
  test('at its deadline', async () => {
    const { port, provider } = await pair();

    const failure = await errorOf(runInContext({ deadlineAt: Date.now() + 150 }, () => port.expose({ plate: 'late' })));

    expect(failure).toBeInstanceOf(RemoteTimedOut);
    provider.service.exposures.get('late')?.resolve('nobody waits for it');
  });

  test('before it is sent when its time is over', async () => {
    const { port, provider } = await pair();

    const failure = await errorOf(runInContext({ deadlineAt: Date.now() - 1 }, () => port.expose({ plate: 'never' })));

    expect(failure).toBeInstanceOf(RemoteTimedOut);
    expect((failure as Error).message).toContain('observatory.expose was not begun');
    expect(provider.service.exposures.size).toBe(0);
  });

  test('when no process serves the module', async () => {
    const { port } = await applications.caller({ resilience: { maxAttempts: 2 } });

    const failure = await errorOf(port.look(sighting));

    expect(failure).toBeInstanceOf(RemoteUnavailable);
    expect(failure).toMatchObject({ operation: 'observatory.look', reason: 'no-provider' });
  });

  test('when the process that is asked has enough to do', async () => {
    const provider = await applications.provider({ concurrency: 1 });
    const { port } = await applications.caller({ resilience: { maxAttempts: 1 } });

    const first = port.expose({ plate: 'first' });
    while (!provider.service.exposures.has('first')) await new Promise(setImmediate);
    const failure = await errorOf(port.look(sighting));
    provider.service.exposures.get('first')!.resolve('done');

    expect(failure).toBeInstanceOf(RemoteOverloaded);
    expect(await first).toBe('done');
    expect(provider.server.state).toMatchObject({ underWay: 0, dropped: 0, overloaded: 1, refused: { overloaded: 1 } });
  });

  test('when argument or answer do not fit into a message', async () => {
    const { port } = await pair();
    const large = 2_000_000;

    const argument = await errorOf(port.look({ ...sighting, note: 'x'.repeat(large) }));
    const answer = await errorOf(port.catalogue({ bytes: large }));

    expect(argument).toMatchObject({ code: 'macrolith.payload-too-large', maxBytes: 1_048_576 });
    expect(answer).toMatchObject({ code: 'macrolith.payload-too-large' });
    expect((answer as Error).message).toContain('1048576');
  });
});

test('a process that closes answers what has arrived, and takes nothing new', async () => {
  const first = await applications.provider();
  const { port } = await applications.caller();
  const plates = Array.from({ length: 20 }, (_, number) => `plate ${number}`);
  const answers = plates.map((plate) => port.expose({ plate }));
  while (first.service.exposures.size < plates.length) await new Promise(setImmediate);

  const closed = first.close();
  const second = await applications.provider();
  expect(await port.observe({ star: 'Rigel' })).toEqual({ count: 1 });
  for (const [plate, { resolve }] of first.service.exposures) resolve(plate);

  expect(await Promise.all(answers)).toEqual(plates);
  await closed;
  expect(second.service.observed).toEqual(['Rigel']);
  expect(first.service.observed).toEqual([]);
});
