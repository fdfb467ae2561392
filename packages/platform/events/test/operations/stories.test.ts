import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runInContext } from '@macrolith/core';
import type { MessageWithDeliveries } from '@macrolith/events/operations';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import { NewsroomShell, story } from './newsroom-shell.js';

let database: TestDatabase;
let shell: NewsroomShell;

beforeEach(async () => {
  database = await createTestDatabase();
  shell = await NewsroomShell.boot(database, { enabled: false });
});
afterEach(async () => {
  await shell.close();
  await database.drop();
});

const wish = (name: string, work: () => Promise<unknown>) => runInContext({ correlationId: name }, work);
const tell = ({ kind, key, correlationId }: MessageWithDeliveries) =>
  kind === 'task' ? `${correlationId}: a task` : `${correlationId}: ${key}`;

test('all that followed from the wishes about one thing is told, the oldest first, each once', async () => {
  await wish('first', () => shell.print(story('tea', 1), story('rain', 1)));
  await wish('other', () => shell.print(story('rain', 2)));
  await wish('second', () => shell.print(story('tea', 2)));
  await wish('second', () => shell.press.orderRecount({ topic: 'tea' }));

  const { messages, isCut } = await shell.operations.stories.about('tea');

  expect(messages.map(tell)).toEqual(['first: tea', 'first: rain', 'second: tea', 'second: a task']);
  expect(messages[0]!.deliveries).toMatchObject([{ consumer: 'readers.read', state: 'due' }]);
  expect(isCut).toBe(false);
});

test('a story that is longer than anybody reads says so', async () => {
  for (let number = 0; number <= 50; number += 1) await wish(`wish ${number}`, () => shell.print(story('tea', number)));

  expect((await shell.operations.stories.about('tea')).isCut).toBe(true);
});

test('nothing is told about what nobody spoke of', async () => {
  expect(await shell.operations.stories.about('snow')).toEqual({ messages: [], isCut: false });
});
