import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { IncompatibleStream } from '@macrolith/events/nats';
import { gazette } from '../gazette.js';
import { OverNats } from './over-nats.js';

const paper = gazette();
const STREAM = 'macrolith-events';
const DAY_NS = 86_400_000_000_000;

let over: OverNats;
let lines: string[];

beforeEach(async () => {
  over = await OverNats.start();
  lines = [];
  const keep = (line: unknown) => void lines.push(String(line));
  over.processes.logger = { log: keep, warn: keep, error: keep };
});
afterEach(() => over.end());

const start = () => over.processes.start([paper.GazetteModule]);

describe('The stream', () => {
  test('is made as it is declared', async () => {
    await start();

    expect((await over.manager.streams.info(STREAM)).config).toMatchObject({
      subjects: ['macrolith.events.>'],
      retention: 'limits',
      storage: 'file',
      discard: 'new',
      max_age: 30 * DAY_NS,
      duplicate_window: 120_000_000_000,
    });
  });

  test('that differs is changed, and each difference is in the log before', async () => {
    await over.manager.streams.add({ name: STREAM, subjects: ['macrolith.events.>', 'old.>'], max_age: 7 * DAY_NS });
    await start();

    const told = lines.find((line) => line.startsWith('Changing the stream'));
    expect(told).toContain('~ max_age: 7 days → 30 days');
    expect(told).toContain('~ subjects: macrolith.events.>, old.> → macrolith.events.>');
    expect((await over.manager.streams.info(STREAM)).config).toMatchObject({ max_age: 30 * DAY_NS });
  });

  test('that cannot be changed refuses the start, and stays as it is', async () => {
    await over.manager.streams.add({ name: STREAM, subjects: ['macrolith.events.>'], storage: 'memory' });

    await expect(start()).rejects.toBeInstanceOf(IncompatibleStream);
    expect((await over.manager.streams.info(STREAM)).config).toMatchObject({ storage: 'memory', max_age: 0 });
  });

  test('is left alone when it is as declared', async () => {
    await start();
    await start();

    expect(lines.filter((line) => /^(Making|Changing)/.test(line))).toEqual([`Making the stream ${STREAM}.`]);
  });
});
