import { parseArgs } from 'node:util';
import type { Suite } from './harness/comparison.js';

/** What the person at the terminal asked for. */
export interface BenchArguments {
  readonly suites: readonly Suite[];
  readonly quick: boolean;
  readonly events: number | undefined;
  readonly seconds: number | undefined;
  /** Where to write the results as JSON. */
  readonly json: string | undefined;
  readonly help: boolean;
}

/** The command line cannot be understood. The message is one sentence for the person at the terminal. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readArguments(args: readonly string[], all: readonly Suite[]): BenchArguments {
  const { values, positionals } = parsed(args);
  const unknown = positionals.filter((name) => !all.some((suite) => suite.name === name));
  if (unknown.length > 0) throw new UsageError(`There is no suite ${unknown.join(', ')}. There are: ${namesOf(all)}.`);
  const suites = all.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const [events, seconds] = [countOf('events', values.events), countOf('seconds', values.seconds)];
  return { suites, quick: values.quick, events, seconds, json: values.json, help: values.help };
}

function countOf(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1) throw new UsageError(`--${option} takes a whole number, not '${value}'.`);
  return count;
}

export function usage(all: readonly Suite[]): string {
  return `bench [SUITE…] [--quick] [--events N] [--seconds N] [--json FILE]

Suites: ${namesOf(all)}. Default: all of them.

  --quick       fewer rounds and less work
  --events N    how many events event-backlog lets pile up; default 1000000
  --seconds N   how long event-backlog watches each drain at most; default: to its end
  --json FILE   write the results there as JSON`;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        events: { type: 'string' },
        seconds: { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function namesOf(suites: readonly Suite[]): string {
  return suites.map(({ name }) => name).join(', ');
}
