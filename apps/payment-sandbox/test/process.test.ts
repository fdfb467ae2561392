import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { newSecrets, SandboxDidNotStart } from '../src/process/start-sandbox.ts';
import { idOf, merchant, sandboxes } from './sandbox.ts';

const { start } = sandboxes();

test('what was answered is kept when the process is killed, and is answered again', async () => {
  const store = join(tmpdir(), `${randomUUID()}.sqlite`);
  const secrets = newSecrets();
  let sandbox = await start({ store, secrets });
  const answers: string[] = [];
  const work = Array.from({ length: 40 }, (_, n) =>
    merchant(sandbox)
      .authorise(`key ${n}`.replace(' ', '-'), { reference: `${n}` })
      .then(async (answer) => answers.push(await idOf(answer)))
      .catch(() => {}),
  );
  await Promise.race(work);
  await sandbox.kill();
  await Promise.all(work);

  sandbox = await start({ store, secrets });

  const kept = new Set((await sandbox.authorisations()).map(({ id }) => id));
  expect(answers.length).toBeGreaterThan(0);
  for (const id of answers) expect(kept).toContain(id);
  const again = await Promise.all(
    Array.from({ length: 40 }, (_, n) => merchant(sandbox).authorise(`key-${n}`, { reference: `${n}` })),
  );
  expect(again.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 201));
  expect(await sandbox.authorisations()).toHaveLength(40);
  await sandbox.stop();
  rmSync(store);
});

test('when it is asked to end it answers what it has begun, and ends with 0', async () => {
  const sandbox = await start();
  await sandbox.fail({ on: 'authorise', kind: 'hold-before' });
  const answer = merchant(sandbox).authorise('a');
  while ((await sandbox.held()) === 0);

  const ended = sandbox.stop();

  expect((await answer).status).toBe(201);
  expect(await ended).toBe(0);
});

describe('a sandbox that cannot start says why in one sentence and ends with 1', () => {
  test('for a store that another one uses', async () => {
    const store = join(tmpdir(), `${randomUUID()}.sqlite`);
    await start({ store });

    const failure = await start({ store }).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(SandboxDidNotStart);
    expect(failure).toMatchObject({ exitCode: 1, output: expect.stringMatching(/^Another sandbox uses .*\.$/) });
    rmSync(store);
  });

  test('for secrets that are none, which it does not repeat', async () => {
    const failure = await start({ secrets: { apiKey: 'hidden', webhookSecret: 'whsec_hidden' } }).catch(
      (error) => error,
    );

    expect(failure).toMatchObject({ exitCode: 1, output: expect.stringContaining('SANDBOX_API_KEY') });
    expect(String(failure)).not.toContain('hidden');
  });

  test('for a taken port', async () => {
    const { port } = await start();

    const failure = await start({ port }).catch((error: unknown) => error);

    expect(failure).toMatchObject({ exitCode: 1, output: expect.stringContaining(`Port ${port}`) });
  });
});
