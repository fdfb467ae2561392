import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestDatabase, freePort, type TestDatabase } from '@macrolith/local-services';
import { disposableSandbox } from '@macrolith/payment-sandbox-process';

const COMMAND = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const SHELL = fileURLToPath(new URL('../../../apps/shell/dist/main.js', import.meta.url));

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly complaints: string;
}

function run(...given: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...given], (error, output, complaints) =>
      resolve({ code: error === null ? 0 : Number(error.code), output, complaints }),
    );
  });
}

describe('without a shell', () => {
  test('it says that nobody serves there, and how to start one', async () => {
    const { code, output, complaints } = await run('--url', `http://127.0.0.1:${await freePort()}`);

    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(complaints).toMatch(/^Nobody serves at http:\/\/127\.0\.0\.1:\d+\. Start a shell there .*\n$/);
  });

  test.each([
    [['--url', 'localhost:3000'], /http:\/\/127\.0\.0\.1:3000/],
    [['--older-than', 'yesterday'], /0 to 86400/],
    [['--fast'], /unknown option/],
  ])('the command line %j ends with code 2', async (given, about) => {
    const { code, complaints } = await run(...given);

    expect(code).toBe(2);
    expect(complaints).toMatch(about);
  });
});

describe('with a shell', () => {
  let database: TestDatabase;
  let sandbox: Awaited<ReturnType<typeof disposableSandbox>>;
  let shell: ChildProcess;
  let url: string;
  beforeAll(async () => {
    [database, sandbox] = await Promise.all([createTestDatabase(), disposableSandbox()]);
    shell = fork(SHELL, [], {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        DATABASE_URL: database.url,
        PORT: '0',
        LOG_LEVEL: 'silent',
        MACROLITH_SEED: 'true',
        ...sandbox.environment,
      },
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const [message] = (await once(shell, 'message')) as [{ ready: string }];
    url = message.ready;
  });
  afterAll(async () => {
    const gone = once(shell, 'exit');
    shell.kill('SIGKILL');
    await gone;
    await sandbox.close();
    await database.drop();
  });
  const reconcile = (...given: string[]) => run('--url', url, '--older-than', '0', ...given);

  test('what agrees ends with 0', async () => {
    const answer = await fetch(`${url}/api/orders/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        customerId: 'ada',
        card: { token: 'tok_visa_4242' },
        lines: [{ productId: 'KIT-001', quantity: 1 }],
      }),
    });
    expect(answer.status).toBe(201);

    const { code, output } = await reconcile();

    expect({ code, output }).toEqual({
      code: 0,
      output: 'Orders        1\nPayments      1\nCard charges  1\nDifferences   0\n',
    });
  });

  test('what differs ends with 1, is told, and is mended only when that is asked', async () => {
    const stray = { token: 'tok_visa_4242', reference: 'till 7', amountMinor: '250', currency: 'GBP' };
    await sandbox.request('POST', '/v1/authorisations', stray, { 'idempotency-key': 'stray' });

    const { code, output } = await reconcile('--json');
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      differences: [{ kind: 'unknown-charge', between: 'payments and card network', mendable: true }],
      complete: true,
    });
    expect((await reconcile()).output).toMatch(/^unknown-charge +- +auth_\S+ +mendable +The card network has/m);

    const mended = await reconcile('--mend', '--json');
    expect({ code: mended.code, ...JSON.parse(mended.output) }).toMatchObject({ code: 0, mended: 1, differences: [] });
    expect(await sandbox.authorisations('till 7')).toMatchObject([{ status: 'voided' }]);
  });
});
