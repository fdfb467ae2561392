import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Combination } from './combinations.js';

const SHELL = fileURLToPath(new URL('../../../../apps/shell/', import.meta.url));
const JEST = join(SHELL, 'node_modules/jest/bin/jest.js');

/** The tests of the shell whose modules may be elsewhere: those that compose it in the process of the test. */
const TESTS = [
  'analytics.browser',
  'bad-input',
  'checkout',
  'console',
  'fulfilment',
  'fulfilment.browser',
  'permissions',
  'readiness',
  'sales',
  'shopping.browser',
  'walls',
  'workflow-modes',
  'workflow-operations',
];

/** What came of the shop's tests. */
export interface TestOutcome {
  readonly passed: number;
  readonly failed: number;
  /** About what one transaction, or a log of events in the database, promises alone. */
  readonly leftOut: number;
  /** The names of those that failed, and why their files could not be run. */
  readonly failures: readonly string[];
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs the tests of the shell with modules elsewhere. `only` names files, as in `checkout`. */
export async function runShopTests(remote: Combination, only: readonly string[] = TESTS): Promise<TestOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'extraction-'));
  const report = join(folder, 'report.json');
  try {
    const output = await jest(remote, [`test/(${only.join('|')}).test`, '--json', `--outputFile=${report}`]);
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
    ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', JEST, '--reporters=default', ...options],
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
    const tests = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    return tests.length > 0 ? tests : [`${name}: ${message}`];
  });
  return {
    passed: numPassedTests,
    failed: Math.max(numFailedTests, failures.length),
    leftOut: numPendingTests,
    failures,
  };
}
