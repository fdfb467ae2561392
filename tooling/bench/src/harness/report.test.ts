import { describe, expect, it } from '@jest/globals';
import type { Result } from './comparison.js';
import { reportOf, table } from './report.js';

const RESULT: Result = {
  suite: 'race',
  case: 'dry',
  metric: 'time',
  unit: 'ms',
  ours: 12.345,
  peer: 1234.5,
  peerName: 'the hare',
  ratio: 0.01,
};

describe('a report', () => {
  it('says what was measured, where and of which commit', () => {
    const report = reportOf([RESULT]);
    expect(report.results).toEqual([RESULT]);
    expect(report.commit).toMatch(/^([0-9a-f]{12}|unknown)$/);
    expect(report.machine).toEqual({
      cpu: expect.any(String),
      cores: expect.any(Number),
      memoryGib: expect.any(Number),
      node: process.version,
    });
  });

  it('is readable as a table, its figures as exact as they deserve', () => {
    expect(table([RESULT, { ...RESULT, case: 'in the rain', ours: 1.5, ratio: 2.345 }]).split('\n')).toEqual([
      'suite  case         metric  ours  peer  unit  ratio  against',
      'race   dry          time    12.3  1235  ms     0.01  the hare',
      'race   in the rain  time    1.50  1235  ms     2.35  the hare',
    ]);
  });
});
