import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { InvalidInput } from '@macrolith/contract';
import { CallCancelled, PermissionDenied } from '@macrolith/core';
import { Logger } from '@nestjs/common';
import { RESILIENCE_DEFAULTS } from '../nats-options.js';
import {
  DeniedByNats,
  PayloadTooLarge,
  RemoteOverloaded,
  RemoteRefused,
  RemoteTimedOut,
  RemoteUnavailable,
} from './call-errors.js';
import { Target } from './target.js';

const GONE = new RemoteUnavailable('a.b', 'no-provider');
const COOL_DOWN_MS = 200;

Logger.overrideLogger(false);
beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const rethrow = (error: unknown) => Promise.reject(error);
const given = (target: Target, outcome: () => Promise<unknown>) =>
  target.attempt('a.b', outcome, rethrow).catch((error: unknown) => error);
const fails = (target: Target, error: unknown) => given(target, () => Promise.reject(error));
const answers = (target: Target) => given(target, async () => 'answer');

async function opened(): Promise<Target> {
  const target = new Target('a', {
    ...RESILIENCE_DEFAULTS,
    failuresToOpen: 1,
    coolDown: { firstMs: COOL_DOWN_MS, maxMs: 10_000 },
  });
  await fails(target, GONE);
  jest.advanceTimersByTime(COOL_DOWN_MS);
  return target;
}

describe('an open circuit', () => {
  test.each<[string, Error]>([
    ['was given up', new CallCancelled()],
    ['had an argument that fits into no message', new PayloadTooLarge('a.b', 1)],
    ['this process may not make', new DeniedByNats('a.b', 'calls.a.b')],
    ['failed by something unknown here', new TypeError('no')],
  ])('stays open after a trial that %s, and the next call tries', async (_, error) => {
    const target = await opened();
    expect(await fails(target, error)).toBe(error);
    expect(target.circuit).toBe('open');
    expect(await answers(target)).toBe('answer');
    expect(target.circuit).toBe('closed');
  });

  test.each<[string, Error]>([
    ['has enough to do', new RemoteOverloaded('a.b', 'provider')],
    ['does not know the operation', new RemoteRefused('a.b', { code: 'unknown-operation', message: '' })],
    ['does not let the caller', new PermissionDenied('a.b', 'a.permission')],
    ['finds that the argument does not fit', new InvalidInput('a.b', [])],
    ['has it too late', new RemoteTimedOut('a.b', undefined)],
  ])('closes when somebody answers who %s', async (_, error) => {
    const target = await opened();
    await fails(target, error);
    expect(target.circuit).toBe('closed');
  });

  test('stays open longer each time that a trial fails, and no longer for one that says nothing', async () => {
    const target = await opened();
    await fails(target, GONE);
    jest.advanceTimersByTime(COOL_DOWN_MS);
    expect(await answers(target)).toMatchObject({ reason: 'circuit-open' });
    jest.advanceTimersByTime(COOL_DOWN_MS);
    await fails(target, new CallCancelled());
    await fails(target, GONE);
    jest.advanceTimersByTime(4 * COOL_DOWN_MS - 1);
    expect(await answers(target)).toMatchObject({ reason: 'circuit-open' });
    jest.advanceTimersByTime(1);
    expect(await answers(target)).toBe('answer');
    expect(target.state).toMatchObject({ circuit: 'closed', notSent: { 'circuit-open': 2, 'bulkhead-full': 0 } });
  });

  test('lets the next call try where a trial takes long, and is closed by an answer to either', async () => {
    const target = await opened();
    const slow = Promise.withResolvers<string>();
    const slower = Promise.withResolvers<string>();
    const first = given(target, () => slow.promise);
    expect(await answers(target)).toMatchObject({ reason: 'circuit-open' });
    await jest.advanceTimersByTimeAsync(RESILIENCE_DEFAULTS.attemptTimeoutMs);
    const second = given(target, () => slower.promise);
    expect(target.circuit).toBe('probing');

    slow.resolve('slow answer');
    expect(await first).toBe('slow answer');
    expect(target.circuit).toBe('closed');
    slower.resolve('slower answer');
    expect(await second).toBe('slower answer');
  });

  test('does not let calls that began before it opened decide when it closes', async () => {
    const target = new Target('a', { ...RESILIENCE_DEFAULTS, failuresToOpen: 1 });
    const early = Promise.withResolvers<string>();
    const call = given(target, () => early.promise);
    await fails(target, GONE);

    early.reject(new RemoteTimedOut('a.b', 1_000));

    expect(await call).toBeInstanceOf(RemoteTimedOut);
    expect(target.state).toMatchObject({ circuit: 'open', lastFailure: GONE.message });
  });
});
