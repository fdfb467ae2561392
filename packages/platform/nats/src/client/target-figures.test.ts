import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { RESILIENCE_DEFAULTS } from '../nats-options.js';
import { Target } from './target.js';
import { targetFigures } from './target-figures.js';

const target = new Target('stock', { ...RESILIENCE_DEFAULTS, bulkhead: 1 });
const figures = targetFigures(() => [target.state]);

test('what is known of a remote module is told as figures', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const call = target.attempt('stock.level', () => promise, Promise.reject);
  await target.attempt(
    'stock.level',
    () => promise,
    async () => 'not sent',
  );
  target.sendsAgain('no-answer');

  const told = figures.flatMap(({ name, observe }) => [...observe()].map(({ labels, value }) => [name, labels, value]));
  resolve('done');
  await call;

  expect(told).toEqual([
    ['macrolith.remote.circuit', { to: 'stock', state: 'closed' }, 1],
    ['macrolith.remote.circuit', { to: 'stock', state: 'probing' }, 0],
    ['macrolith.remote.circuit', { to: 'stock', state: 'open' }, 0],
    ['macrolith.remote.calls.under_way', { to: 'stock' }, 1],
    ['macrolith.remote.calls.sent_again', { to: 'stock', reason: 'no-answer' }, 1],
    ['macrolith.remote.calls.not_sent', { to: 'stock', reason: 'circuit-open' }, 0],
    ['macrolith.remote.calls.not_sent', { to: 'stock', reason: 'bulkhead-full' }, 1],
  ]);
});

test('the README of telemetry tells of each', () => {
  const readme = readFileSync(new URL('../../../telemetry/README.md', import.meta.url), 'utf8');
  const told = [...readme.matchAll(/`(macrolith_remote_[a-z_]+)`/g)].map(([, name]) => name);
  const names = figures.map(({ name, is }) => `${name.replaceAll('.', '_')}${is === 'sum' ? '_total' : ''}`);
  expect(told.sort()).toEqual(names.sort());
});
