import { expect, jest, test } from '@jest/globals';
import { visits } from './visits.js';

declare global {
  var visitor: string | undefined;
}

/** Marks everything that is shared by the test files of one process; whichever file is second must not see the marks. */
export function leavesNothingBehind(): void {
  test('modules of the workspace are new', () => {
    expect(visits).toEqual([]);
    visits.push('was here');
  });

  test('globals, also replaced ones, are as they were', () => {
    expect([globalThis.visitor, fetch.name, Math.cbrt(8)]).toEqual([undefined, 'fetch', 2]);
    globalThis.visitor = 'was here';
    globalThis.fetch = async function replaced() {
      return new Response();
    };
    jest.spyOn(Math, 'cbrt').mockReturnValue(0);
  });

  test('the process has the environment, the exit code and the listeners that it had', () => {
    expect([process.env.VISITOR, process.env.NODE_ENV, process.listenerCount('SIGUSR2')]).toEqual([
      undefined,
      'test',
      0,
    ]);
    process.env.VISITOR = 'was here';
    process.env.NODE_ENV = 'production';
    process.on('SIGUSR2', () => {});
    process.exitCode = 3;
  });

  test('no clock is faked and no matcher is added', () => {
    expect(Date.now()).toBeGreaterThan(1_000);
    expect('toBeVisited' in expect(1)).toBe(false);
    expect(1).not.toEqual(2);
    jest.useFakeTimers({ now: 1 });
    expect.extend({ toBeVisited: () => ({ pass: true, message: () => '' }) });
    expect.addEqualityTesters([() => true]);
  });
}
