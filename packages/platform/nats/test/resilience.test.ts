import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CallCancelled, Cancellation, currentContext, runInContext } from '@macrolith/core';
import { HEADER, RemoteOverloaded, RemoteTimedOut, RemoteUnavailable, type UnavailableReason } from '@macrolith/nats';
import { connect, headers } from '@nats-io/transport-node';
import { ReplyInbox } from '../src/client/reply-inbox.js';
import { Applications, type Caller, type Provider } from './applications.js';

let applications: Applications;
beforeAll(async () => {
  applications = await Applications.start();
});
afterEach(() => applications.closeAll());
afterAll(() => applications.end());

const OBSERVE = 'macrolith.calls.observatory.observe';
/** Quick enough for a test, and of the same kind as in production. */
const RESILIENCE = {
  maxAttempts: 2,
  failuresToOpen: 3,
  attemptTimeoutMs: 400,
  backoff: { firstMs: 1, maxMs: 5 },
  coolDown: { firstMs: 300, maxMs: 600 },
};
/** For whoever waits until it is over. */
const PATIENT = { ...RESILIENCE, maxAttempts: 1_000, failuresToOpen: 1_000, backoff: { firstMs: 20, maxMs: 100 } };

const observe = ({ port }: Caller) => port.observe({ star: 'Vega' });

async function whyUnavailable(call: Promise<unknown>): Promise<UnavailableReason | undefined> {
  const error = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  return error instanceof RemoteUnavailable ? error.reason : undefined;
}

async function failUntilOpen(caller: Caller): Promise<void> {
  while (caller.calls.remoteModules[0]!.circuit === 'closed') await whyUnavailable(observe(caller));
}

async function untilExposed(provider: Provider, plate: string): Promise<void> {
  while (!provider.service.exposures.has(plate)) await new Promise(setImmediate);
}

describe('a module whose processes are all gone', () => {
  test('is left alone: calls fail without being sent, and say why', async () => {
    const caller = await applications.caller({
      resilience: { ...RESILIENCE, coolDown: { firstMs: 60_000, maxMs: 60_000 } },
    });
    await failUntilOpen(caller);
    const heard: string[] = [];
    const subscription = applications.stranger.subscribe(OBSERVE, {
      callback: (_, { subject }) => {
        heard.push(subject);
      },
    });
    await applications.stranger.flush();

    expect(await whyUnavailable(observe(caller))).toBe('circuit-open');

    await applications.stranger.flush();
    subscription.unsubscribe();
    expect(heard).toEqual([]);
    expect(caller.calls.remoteModules).toMatchObject([
      {
        module: 'observatory',
        circuit: 'open',
        underWay: 0,
        lastFailure: expect.stringContaining('no process serves it'),
      },
    ]);
  });

  test('is called again once one is back, though nothing here was restarted', async () => {
    const caller = await applications.caller({ resilience: RESILIENCE });
    await failUntilOpen(caller);
    const provider = await applications.provider();

    while ((await whyUnavailable(observe(caller))) !== undefined)
      await new Promise((resolve) => setTimeout(resolve, 20));

    expect(caller.calls.remoteModules[0]!.circuit).toBe('closed');
    expect(provider.service.observed).toEqual(['Vega']);
  });

  test('is tried by one call at a time, and the others do not wait for how it goes', async () => {
    const caller = await applications.caller({ resilience: RESILIENCE });
    await failUntilOpen(caller);
    const provider = await applications.provider();

    let trial: Promise<string> | undefined;
    while (trial === undefined) {
      const call = caller.port.expose({ plate: 'trial' });
      call.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (caller.calls.remoteModules[0]!.circuit === 'probing') trial = call;
    }
    expect(await whyUnavailable(observe(caller))).toBe('circuit-open');
    await untilExposed(provider, 'trial');
    provider.service.exposures.get('trial')!.resolve('done');

    expect(await trial).toBe('done');
    expect(await observe(caller)).toEqual({ count: 1 });
  });
});

test('a trial that its caller gives up says nothing: the circuit stays open, and the next call tries', async () => {
  const caller = await applications.caller({ resilience: RESILIENCE });
  await failUntilOpen(caller);
  const provider = await applications.provider();
  const cancellation = new Cancellation();
  const trial = async () => {
    const call = runInContext({ cancellation }, () => caller.port.expose({ plate: 'trial' }));
    call.catch(() => {});
    if (caller.calls.remoteModules[0]!.circuit === 'probing') return call;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return trial();
  };
  const given = trial().catch((error: unknown) => error);
  await untilExposed(provider, 'trial');

  cancellation.cancel();

  expect(await given).toBeInstanceOf(CallCancelled);
  expect(caller.calls.remoteModules[0]!.circuit).toBe('open');
  expect(await observe(caller)).toEqual({ count: 1 });
  expect(caller.calls.remoteModules[0]!.circuit).toBe('closed');
});

describe('a call that has no answer for long', () => {
  const SLOW = { ...RESILIENCE, failuresToOpen: 1, attemptTimeoutMs: 50 };

  test('is asked once more, answered by whoever is done first and called off at the other, and opens no circuit', async () => {
    const provider = await applications.provider();
    const caller = await applications.caller({ resilience: SLOW });
    const exposures: PromiseWithResolvers<string>[] = [];
    provider.service.expose = () => {
      const exposure = Promise.withResolvers<string>();
      currentContext().cancellation?.onCancel(() => exposure.reject(new CallCancelled()));
      exposures.push(exposure);
      return exposure.promise;
    };

    const call = caller.port.expose({ plate: 'night sky' });
    while (exposures.length < 2) await new Promise(setImmediate);
    const [first, second] = exposures;
    await new Promise((resolve) => setTimeout(resolve, 4 * SLOW.attemptTimeoutMs));
    first!.resolve('the whole sky');

    expect(await call).toBe('the whole sky');
    await expect(second!.promise).rejects.toBeInstanceOf(CallCancelled);
    expect(exposures).toHaveLength(2);
    expect(caller.calls.remoteModules).toMatchObject([
      { circuit: 'closed', underWay: 0, sentAgain: { 'no-answer': 1 }, lastFailure: undefined },
    ]);
  });

  test('is answered though a message was lost and those who were asked then had enough to do, or found a token too old', async () => {
    const caller = await applications.caller({ resilience: SLOW });
    const replies: string[] = [];
    const refused = headers();
    refused.set(HEADER.status, 'refused');
    const codes: Readonly<Record<number, string>> = { 2: 'overloaded', 3: 'unauthenticated' };
    const subscription = applications.stranger.subscribe(OBSERVE, {
      callback: (_, message) => {
        replies.push(message.reply!);
        const code = codes[replies.length];
        if (code !== undefined) message.respond(JSON.stringify({ code, message: '' }), { headers: refused });
        if (replies.length === 4) message.respond('{"count":4}');
      },
    });
    await applications.stranger.flush();

    expect(await observe(caller)).toEqual({ count: 4 });

    subscription.unsubscribe();
    expect(replies).toHaveLength(4);
    expect(caller.calls.remoteModules).toMatchObject([{ circuit: 'closed', sentAgain: { 'no-answer': 3 } }]);
  });
});

test('a query that is given up while the connection takes its leave ends nothing but itself', async () => {
  const connection = await connect({ servers: applications.nats.url });
  const inbox = new ReplyInbox(connection, undefined);
  const cancellation = new Cancellation();
  const silent = applications.stranger.subscribe('silence');
  await applications.stranger.flush();
  const ask = () =>
    inbox.ask({
      ...{ operation: 'a.b', subject: 'silence', body: '{}', lines: '', cancellations: 'cancellations' },
      ...{ timeoutMs: 60_000, patienceMs: 60_000, sender: { sendsAgain: () => {} }, cancellation },
    });
  const isSpeechless = () => {
    try {
      connection.publish('anywhere');
      return false;
    } catch {
      return true;
    }
  };
  const given = ask();

  const closing = connection.drain();
  while (!isSpeechless()) await new Promise(setImmediate);
  expect(connection.isClosed()).toBe(false);
  const tooLate = ask();
  cancellation.cancel();

  await expect(given).rejects.toBeInstanceOf(CallCancelled);
  await expect(tooLate).rejects.toMatchObject({ reason: 'not-connected' });
  await closing;
  silent.unsubscribe();
});

test('calls that one process does not answer say nothing of the others: the circuit stays closed while these answer', async () => {
  const provider = await applications.provider();
  const caller = await applications.caller({ timeoutMs: 400, resilience: { ...RESILIENCE, maxAttempts: 1 } });
  const unanswered = ['a', 'b', 'c', 'd'].map((plate) =>
    caller.port.expose({ plate }).catch((error: unknown) => error),
  );
  await Promise.all(['a', 'b', 'c', 'd'].map((plate) => untilExposed(provider, plate)));

  expect(await observe(caller)).toEqual({ count: 1 });

  const failures = await Promise.all(unanswered);
  expect(failures.map((failure) => failure instanceof RemoteTimedOut)).toEqual(Array(4).fill(true));
  expect(caller.calls.remoteModules).toMatchObject([{ circuit: 'closed' }]);
  for (const exposure of provider.service.exposures.values()) exposure.resolve('late');
});

test('no more calls of a module are under way than its bulkhead lets, and others are not affected', async () => {
  const provider = await applications.provider();
  const caller = await applications.caller({ resilienceOf: { observatory: { bulkhead: 1 } } });
  const first = caller.port.expose({ plate: 'first' });
  await untilExposed(provider, 'first');

  const refusal = await observe(caller).catch((error: unknown) => error);
  provider.service.exposures.get('first')!.resolve('done');

  expect(refusal).toBeInstanceOf(RemoteOverloaded);
  expect(refusal).toMatchObject({ at: 'caller' });
  expect(await first).toBe('done');
  expect(await observe(caller)).toEqual({ count: 1 });
});

describe('while nats-server is gone', () => {
  afterEach(async () => {
    await applications.nats.restart();
    // A stranger is back when it is answered: until then its connection refuses to be asked.
    const isBack = () =>
      applications.stranger.flush().then(
        () => true,
        () => false,
      );
    while (!(await isBack())) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  test('calls fail at once, and go through once it is back', async () => {
    const provider = await applications.provider();
    const caller = await applications.caller({ resilience: RESILIENCE });
    await observe(caller);

    await applications.nats.kill();
    while ((await whyUnavailable(observe(caller))) !== 'not-connected') await new Promise(setImmediate);
    await applications.nats.restart();
    while ((await whyUnavailable(observe(caller))) !== undefined)
      await new Promise((resolve) => setTimeout(resolve, 20));

    expect(provider.service.observed).toEqual(['Vega', 'Vega']);
  });

  test('a command that was under way is sent again when it is back, and acts once', async () => {
    const provider = await applications.provider();
    const caller = await applications.caller({
      timeoutMs: 60_000,
      resilience: { ...PATIENT, attemptTimeoutMs: 30_000 },
    });
    const { promise: heldBack, resolve: goOn } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const really = provider.service.observe.bind(provider.service);
    provider.service.observe = async (input) => {
      begin();
      await heldBack;
      return really(input);
    };

    const answer = observe(caller);
    await begun;
    await applications.nats.kill();
    goOn();
    await applications.nats.restart();

    expect(await answer).toEqual({ count: 1 });
    expect(provider.service.observed).toEqual(['Vega']);
  });
});

test('processes that are replaced one after the other, under load, fail no call', async () => {
  const caller = await applications.caller();
  let provider = await applications.provider();
  let goesOn = true;
  const outcomes: number[] = [];
  const load = Promise.all(
    Array.from({ length: 8 }, async () => {
      while (goesOn) outcomes.push((await caller.port.catalogue({ bytes: 1 })).length);
    }),
  );

  for (let replaced = 0; replaced < 10; replaced += 1) {
    const next = await applications.provider();
    await provider.close();
    provider = next;
  }
  goesOn = false;
  await load;

  expect(outcomes.length).toBeGreaterThan(100);
  expect(new Set(outcomes)).toEqual(new Set([1]));
});

test('a module that answers twice confuses no calls: each gets its own answer', async () => {
  const { port } = await applications.caller();
  const replies: string[] = [];
  const twice = applications.stranger.subscribe(OBSERVE, {
    callback: (_, message) => {
      replies.push(message.reply!);
      const body = JSON.stringify({ count: replies.length });
      message.respond(body);
      message.respond(body);
    },
  });
  await applications.stranger.flush();

  for (let nth = 1; nth <= 600; nth += 1) expect(await port.observe({ star: 'Vega' })).toEqual({ count: nth });

  twice.unsubscribe();
  expect(new Set(replies).size).toBe(600);
});
