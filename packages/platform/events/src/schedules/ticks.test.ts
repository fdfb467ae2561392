import { describe, expect, test } from '@jest/globals';
import { tickId } from './tick-id.js';
import { Ticks } from './ticks.js';

const invalid = (problem: string) => new Error(problem);
const ticks = (cron: string, timeZone = 'Europe/London') => Ticks.of(cron, timeZone, invalid);

function following(pattern: Ticks, from: string, count: number): string[] {
  const found: string[] = [];
  let moment = new Date(from);
  for (let nth = 0; nth < count; nth += 1) {
    moment = pattern.after(moment)!;
    found.push(moment.toISOString().replace('.000Z', ''));
  }
  return found;
}

describe('the ticks of a cron expression', () => {
  test('are wall-clock times of the time zone, in winter and in summer', () => {
    expect(following(ticks('0 6 * * *'), '2026-03-28T00:00:00Z', 3)).toEqual([
      '2026-03-28T06:00:00',
      '2026-03-29T05:00:00',
      '2026-03-30T05:00:00',
    ]);
  });

  test('come at the first moment after an hour that is left out', () => {
    expect(following(ticks('30 1 * * *'), '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00',
      '2026-03-30T00:30:00',
    ]);
  });

  test('come once in an hour that comes twice, and those of every hour in both', () => {
    expect(following(ticks('30 1 * * *'), '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00',
      '2026-10-26T01:30:00',
    ]);
    expect(following(ticks('0 * * * *'), '2026-10-24T23:30:00Z', 3)).toEqual([
      '2026-10-25T00:00:00',
      '2026-10-25T01:00:00',
      '2026-10-25T02:00:00',
    ]);
  });

  test.each(['0 6 * * *', '30 1 * * *', '*/10 * * * *', '0 0 1 * *', '*/5 * * * * *', '15 14 * * 1-5'])(
    'of %s are the same from both sides',
    (cron) => {
      const pattern = ticks(cron);
      for (let day = 0; day < 366; day += 1) {
        const moment = new Date(
          Date.UTC(2026, 0, 1 + day, (day * 7) % 24, (day * 13) % 60, (day * 29) % 60, (day * 37) % 1000),
        );
        const next = pattern.after(moment)!;
        expect(next.getTime()).toBeGreaterThan(moment.getTime());
        // The moment of a tick counts as come; the one before it as not.
        expect(pattern.upTo(next)).toEqual(next);
        expect(pattern.upTo(new Date(next.getTime() - 1))!.getTime()).toBeLessThan(next.getTime());
        expect(pattern.upTo(new Date(next.getTime() + 999))).toEqual(next);
      }
    },
  );

  test.each([
    ['61 * * * *', 'UTC', /'61 \* \* \* \*' is no cron expression/],
    ['0 6 * *', 'UTC', /is no cron expression/],
    ['0 0 30 2 *', 'UTC', /never comes/],
    ['0 6 * * *', 'Europe/Atlantis', /'Europe\/Atlantis' is no time zone/],
  ])('of %s in %s are refused', (cron, zone, problem) => {
    expect(() => ticks(cron, zone)).toThrow(problem);
  });
});

describe('the id of a tick', () => {
  const six = new Date('2026-11-26T06:00:00Z');

  test('is a UUID of version 5, the same for everybody', () => {
    expect(tickId('desk', 'daily', six)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(tickId('desk', 'daily', new Date(six))).toBe(tickId('desk', 'daily', six));
  });

  test('is another one for another module, schedule or moment', () => {
    const ids = [
      tickId('desk', 'daily', six),
      tickId('shop', 'daily', six),
      tickId('desk', 'hourly', six),
      tickId('desk', 'daily', new Date(six.getTime() + 1_000)),
    ];
    expect(new Set(ids).size).toBe(4);
  });
});
