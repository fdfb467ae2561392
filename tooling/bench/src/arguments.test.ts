import { describe, expect, it } from '@jest/globals';
import { readArguments, UsageError } from './arguments.js';
import type { Suite } from './harness/comparison.js';

const SUITES: readonly Suite[] = ['port-call', 'checkout', 'boot'].map((name) => ({ name, run: async () => {} }));

describe('the command line', () => {
  it('means all suites when it names none', () => {
    expect(readArguments([], SUITES)).toEqual({ suites: SUITES, quick: false, json: undefined, help: false });
  });

  it('means the named suites, in the order in which they always run', () => {
    const { suites } = readArguments(['boot', 'port-call'], SUITES);
    expect(suites.map(({ name }) => name)).toEqual(['port-call', 'boot']);
  });

  it('takes options before and after the suites', () => {
    const given = readArguments(['--quick', 'boot', '--json', 'out.json'], SUITES);
    expect(given).toMatchObject({ quick: true, json: 'out.json' });
  });

  it('takes how big a backlog is to be, and how long to watch it', () => {
    const given = readArguments(['--events', '250000', '--seconds', '60'], SUITES);
    expect(given).toMatchObject({ events: 250_000, seconds: 60 });
  });

  it.each([
    { args: ['--events', 'many'], message: "--events takes a whole number, not 'many'." },
    { args: ['--seconds', '0'], message: "--seconds takes a whole number, not '0'." },
    { args: ['chekout'], message: 'There is no suite chekout. There are: port-call, checkout, boot.' },
    { args: ['--fast'], message: expect.stringContaining("'--fast'") },
    { args: ['--json'], message: expect.stringContaining('--json') },
  ])('is refused in one sentence: $args', ({ args, message }) => {
    expect(() => readArguments(args, SUITES)).toThrow(UsageError);
    expect(() => readArguments(args, SUITES)).toThrow(expect.objectContaining({ message }));
  });
});
