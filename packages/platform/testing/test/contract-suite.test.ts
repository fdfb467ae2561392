import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { bootModule, contractSuite } from '../src/index.js';
import { specifyMill } from './village/mill.contract.js';
import { FakeMill, Mill, MillModule } from './village/mill.js';

const subjects: string[] = [];

contractSuite(Mill, {
  // A mill complains of blunt stones, in the log of whichever process it is in.
  real: (binding) =>
    bootModule(MillModule, { binding, file: new URL('./village/mill.ts', import.meta.url), logger: false }),
  fake: () => new FakeMill(),
  specify: (mill) => {
    subjects.push(mill.under);
    specifyMill(mill);
  },
});

test('one specification is held over the real module, in process, over the wire codec and over NATS, and over the fake', () => {
  expect(subjects).toEqual(['local', 'loopback', 'remote', 'fake']);
});

/** Another Jest, on suites that have to fail. They are no tests of this package, so it does not find them itself. */
async function outcomesOf(folder: string): Promise<Map<string, { status: string; message: string }>> {
  const package_ = fileURLToPath(new URL('..', import.meta.url));
  const config = fileURLToPath(new URL(`./${folder}/jest.config.js`, import.meta.url));
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--config', config, '--json'];
  const run = promisify(execFile)(process.execPath, jest, { cwd: package_ });
  const { stdout } = await run.catch((failed: { stdout: string }) => failed);
  const { testResults } = JSON.parse(stdout) as {
    testResults: { assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[];
  };
  return new Map(
    testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .map(({ fullName, status, failureMessages }) => [fullName, { status, message: failureMessages.join('\n') }]),
  );
}

describe('a fake that breaks the contract', () => {
  let outcomes: Awaited<ReturnType<typeof outcomesOf>>;
  beforeAll(async () => {
    outcomes = await outcomesOf('broken-fake');
  });

  test('fails in its own place only: the sentences that it breaks', () => {
    const failed = [...outcomes].filter(([, { status }]) => status !== 'passed').map(([name]) => name);

    expect(outcomes.size).toBe(16);
    expect(failed).toEqual([
      'mill, fake what was ground can be taken',
      'mill, fake more than there is cannot be taken',
      'mill, fake a stone is sharpened after a while',
    ]);
  });

  test('is told what of its answer does not fit, what it should have refused, and what did not happen', () => {
    const message = (sentence: string) => outcomes.get(`mill, fake ${sentence}`)!.message;

    expect(message('what was ground can be taken')).toContain('Output of mill.take is not valid');
    expect(message('more than there is cannot be taken')).toContain('resolved instead of rejected');
    expect(message('a stone is sharpened after a while')).toContain('Sharpening did not happen within 2000 ms');
  });
});
