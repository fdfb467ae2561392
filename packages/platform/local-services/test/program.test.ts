import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { EndedBeforeReady, startProgram } from '../src/index.js';

const file = fileURLToPath(new URL('./programs/announces-itself.ts', import.meta.url));

test('a program announces that it is ready, in an environment without the options of this Node', async () => {
  const program = startProgram({ file, environment: { FLOWER: 'tulip' } });

  expect(await program.ready).toBe('|tulip');

  expect(await program.stop()).toEqual({ exitCode: 7, signal: null });
});

test('a program is killed without a chance to do anything', async () => {
  const program = startProgram({ file });
  await program.ready;

  expect(await program.kill()).toEqual({ exitCode: null, signal: 'SIGKILL' });
});

test('a program hears what it is told', async () => {
  const program = startProgram({ file });
  await program.ready;

  program.tell({ end: true });

  expect(await program.ended).toEqual({ exitCode: 0, signal: null });
});

test('a program that ends before it is ready says why', async () => {
  const program = startProgram({ file, environment: { REFUSES: 'true' } });

  const failure = await program.ready.catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(EndedBeforeReady);
  expect(failure).toMatchObject({ ending: { exitCode: 3, signal: null }, errors: 'There is no soil here.' });
});
