import { expect, test } from '@jest/globals';
import { type BindingsWish, bindingsCommand } from './bindings-command.js';

test.each<[string, string, Partial<BindingsWish>]>([
  ['all tests of the shop, where nobody says which', '--all', { tests: 'all' }],
  ['these tests', '--tests checkout,walls', { tests: ['checkout', 'walls'] }],
  ['no tests', '--no-tests', { tests: [] }],
  [
    'a shop in one process, beside each that is named',
    '--remote a,b --remote c',
    { combinations: [[], ['a', 'b'], ['c']] },
  ],
])('%s: %s', async (_, line, wish) => {
  const wishes: BindingsWish[] = [];
  await bindingsCommand(async (each) => void wishes.push(each)).parseAsync(line.split(' '), { from: 'user' });
  expect(wishes).toMatchObject([wish]);
});

test.each([
  ['tests that are not there', '--tests checkout,nonsense', "The shop has no tests of the name 'nonsense'. It has "],
  ['a word that names no module', '--remote ,', "'' is the name of no module."],
])('refuses %s before anything is begun', async (_, line, why) => {
  const wishes: BindingsWish[] = [];
  const asked = bindingsCommand(async (each) => void wishes.push(each))
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(line.split(' '), { from: 'user' });
  await expect(asked).rejects.toThrow(why);
  expect(wishes).toEqual([]);
});
