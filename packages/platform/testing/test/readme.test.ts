import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const examples = [...readme.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, path, code]) => [path!, code!]);

test('the README has examples', () => {
  expect(examples.map(([path]) => path)).toEqual([
    'test/example/mill.contract.test.ts',
    'test/example/bakery.test.ts',
    'test/example/night-watch.test.ts',
  ]);
});

test.each(examples)('%s is the test of that name, which runs', async (path, code) => {
  expect(await readFile(new URL(`../${path}`, import.meta.url), 'utf8')).toBe(code);
});
