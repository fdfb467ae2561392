import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import type { Combination } from './combinations.js';

const SHELL = fileURLToPath(new URL('../../../../apps/shell/', import.meta.url));
const JEST = join(SHELL, 'node_modules/jest/bin/jest.js');

/** Of the files with tests of the shell those to which it is nothing where modules run: they read a configuration, or set up a NATS of their own. */
const OF_NO_MODULE = ['config', 'events-over-nats', 'nats-auth'];

/** What came of the shop's tests. */
export interface TestOutcome {
  readonly passed: number;
  readonly failed: number;
  /** About what one transaction, or a log of events in the database, promises alone. */
  readonly leftOut: number;
  readonly failures: readonly Failure[];
}

export interface Failure {
  /** The name of a test, or of a file that could not be run. */
  readonly test: string;
  readonly why: string;
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** The files with tests of the shell, as in `checkout` and `fulfilment.browser`. */
export function shopTestFiles(): readonly string[] {
  return readdirSync(join(SHELL, 'test')).flatMap((name) => /^(.+)\.test\.ts$/.exec(name)?.[1] ?? []);
}

/** Runs the tests of the shell with modules elsewhere: all that know of modules, or only those in some files, as in `checkout`. */
export async function runShopTests(remote: Combination, only?: readonly string[]): Promise<TestOutcome> {
  const files = only === undefined ? `(?!(${OF_NO_MODULE.join('|')})\\.test)` : `(${only.join('|')})\\.test`;
  const folder = await mkdtemp(join(tmpdir(), 'extraction-'));
  const report = join(folder, 'report.json');
  try {
    const output = await jest(remote, [`shell/test/${files}`, '--json', `--outputFile=${report}`]);
    const found = await readFile(report, 'utf8').catch(() => undefined);
    if (found === undefined) throw new Error(`The tests of the shell could not be run: ${output}`);
    return outcomeOf(JSON.parse(found) as JestReport);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function jest(remote: Combination, options: readonly string[]): Promise<string> {
  const child = spawn(
    process.execPath,
    // The reporters come last, as that option takes every name that follows.
    ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', JEST, ...options, '--reporters=default'],
    {
      cwd: SHELL,
      env: { ...process.env, NODE_OPTIONS: '', REMOTE_MODULES: remote.join(',') },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const [output] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return output;
}

function outcomeOf({ numPassedTests, numFailedTests, numPendingTests, testResults }: JestReport): TestOutcome {
  const failed = testResults.filter(({ status }) => status === 'failed');
  const failures = failed.flatMap(({ name, message, assertionResults }) => {
    const tests = assertionResults.filter(({ status }) => status === 'failed');
    if (tests.length === 0) return [{ test: name, why: stripVTControlCharacters(message) }];
    return tests.map(({ fullName, failureMessages }) => ({
      test: fullName,
      why: stripVTControlCharacters(failureMessages.join('\n')),
    }));
  });
  return {
    passed: numPassedTests,
    failed: Math.max(numFailedTests, failures.length),
    leftOut: numPendingTests,
    failures,
  };
}
