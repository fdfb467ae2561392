import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ListedDelivery, LogOverview, MessageView, Story } from '@macrolith/events/operations';
import { StateFilter } from '@macrolith/events/operations';
import { STATES } from '../../src/commands/events/options.js';
import { type MacroRun, macro } from '../commands/macro.js';
import { cooked, missing, openRestaurant, type Restaurant } from './restaurant.js';

let restaurant: Restaurant;

beforeAll(async () => {
  restaurant = await openRestaurant();
});
afterAll(async () => {
  await restaurant.close();
});

const events = (...args: readonly string[]): Promise<MacroRun> =>
  macro(['events', ...args], { environment: { DATABASE_URL: restaurant.url } });

const listed = async (...filters: readonly string[]): Promise<readonly ListedDelivery[]> =>
  (JSON.parse((await events('list', '--json', ...filters)).out) as { items: ListedDelivery[] }).items;

async function until(happened: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await happened())) {
    if (Date.now() > deadline) throw new Error('Did not happen within a minute.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Orders a meal that the kitchen has none of, and answers the message of it when it is a dead letter. */
async function deadLetter(table: string, meal: string): Promise<ListedDelivery> {
  missing.add(meal);
  await restaurant.order(table, meal);
  await until(async () => (await listed('--state', 'dead', '--key', table)).length > 0);
  return (await listed('--state', 'dead', '--key', table))[0]!;
}

describe('a person at the terminal', () => {
  test('finds the dead letter, sees why it failed, and retries it when the reason is gone', async () => {
    const { messageId } = await deadLetter('table 1', 'soup');
    const list = await events('list', '--state', 'dead');
    expect(list.code).toBe(0);
    expect(list.out).toMatch(/^WRITTEN +STATE +TRIES +TYPE +CONSUMER +KEY +MESSAGE +REASON\n/);
    expect(list.out).toMatch(
      new RegExp(
        `dead +1 +waiter\\.ordered\\.v1 +kitchen\\.cook +table 1 +${messageId} +Error: There is no soup left\\.`,
      ),
    );

    const { out } = await events('show', messageId);
    expect(out).toContain('waiter.ordered.v1  event');
    expect(out).toContain('"meal": "soup"');
    expect(out).toMatch(
      /kitchen\.cook {2}dead {2}1 attempt, ended .*\n {4}failed .*\n {4}Error: There is no soup left\.\n {8}at /,
    );
    expect(out).toContain(`macro events retry ${messageId}\n`);

    missing.delete('soup');
    const retried = await events('retry', messageId, '--why', 'soup has come');
    expect(retried).toMatchObject({ code: 0, out: `✓ ${messageId} is retried for kitchen.cook.\n`, err: '' });
    await until(async () => cooked.includes('soup'));
    await until(async () => (await listed('--state', 'done', '--key', 'table 1')).length === 1);
    const after = JSON.parse((await events('show', messageId, '--json')).out) as MessageView;
    expect(after.interventions).toMatchObject([
      { action: 'retry', who: userInfo().username, why: 'soup has come', consumer: 'kitchen.cook' },
    ]);
  });

  test('discards one and says why, or is asked to', async () => {
    const { messageId } = await deadLetter('table 2', 'fish');
    expect(await events('discard', messageId)).toMatchObject({
      code: 2,
      err: "macro: required option '--why <reason>' not specified\n",
    });
    const discarded = await events('discard', messageId, '--who', 'grace', '--why', 'the guests have left');
    expect(discarded.out).toBe(`✓ ${messageId} is discarded for kitchen.cook.\n`);
    expect((await events('show', messageId)).out).toMatch(
      /what people did\n.*grace {2}discard {2}kitchen\.cook {2}the guests have left/,
    );
    expect(await events('retry', messageId)).toMatchObject({
      code: 2,
      err: `macro: The delivery of ${messageId} to 'kitchen.cook' is discarded. Replay it, if it shall act again.\n`,
    });
  });

  test('is told how many the filters mean before anything happens, and does it to all of them with --yes', async () => {
    await deadLetter('table 3', 'stew');
    await deadLetter('table 4', 'stew');
    missing.delete('stew');
    const filters = ['--state', 'dead', '--consumer', 'kitchen.cook', '--newer-than', '1h'];
    const before = await events('retry', ...filters);
    expect(before).toMatchObject({
      code: 0,
      out: '2 deliveries would be retried. Nothing was changed: add --yes to do it.\n',
    });
    expect(JSON.parse((await events('retry', ...filters, '--json')).out)).toEqual({ changed: 0, found: 2 });
    expect((await events('retry', ...filters, '--limit', '1')).out).toBe(
      '1 delivery would be retried. Nothing was changed: add --yes to do it. There may be more: see --limit.\n',
    );
    expect((await events('retry', ...filters, '--yes')).out).toBe('✓ 2 deliveries are retried.\n');
    await until(async () => cooked.filter((meal) => meal === 'stew').length === 2);
    expect((await events('retry', ...filters)).out).toBe(
      'No delivery that is meant can be retried. Nothing was changed.\n',
    );
  });

  test('replays what was done', async () => {
    await restaurant.order('table 5', 'cake');
    await until(async () => (await listed('--state', 'done', '--key', 'table 5')).length === 1);
    const [{ messageId }] = (await listed('--key', 'table 5')) as [ListedDelivery];
    await events('replay', messageId, '--why', 'they want another');
    await until(async () => cooked.filter((meal) => meal === 'cake').length === 2);
    await until(async () => (await listed('--state', 'done', '--key', 'table 5')).length === 1);
    expect((await events('show', messageId)).out).toContain('1 attempt, replayed 1 time, ended');
  });

  test('reads a story by key or by correlation id', async () => {
    await restaurant.order('table 6', 'rice');
    await restaurant.order('table 6', 'pears');
    const { messages } = JSON.parse((await events('story', '--key', 'table 6', '--json')).out) as Story;
    expect(messages.map(({ key }) => key)).toEqual(['table 6', 'table 6']);
    const { correlationId, messageId } = messages[0]!;
    const told = await events('story', correlationId);
    expect(told.out).toMatch(
      new RegExp(`^.*waiter\\.ordered\\.v1 {2}table 6 {2}${messageId}\\n {4}\\w+ +kitchen\\.cook`),
    );
    expect((await events('story', 'nothing')).out).toBe('Nothing was said in this story.\n');
  });

  test('sees what came over a broker and is no event', async () => {
    expect((await events('unreadable')).out).toBe('Everything that came over a broker could be read.\n');
    await restaurant.receiveNoise('macrolith.events.waiter.ordered.v1', 'noise', "it has no 'id'");
    expect((await events('unreadable')).out).toMatch(
      /^\S+Z {2}macrolith\.events\.waiter\.ordered\.v1 {2}message 1 {2}kitchen \(received\)\n {4}it has no 'id'\n {4}payload {2}5 bytes {2}"noise"\n$/,
    );
    expect(JSON.parse((await events('unreadable', '--json')).out)).toMatchObject([{ payload: 'noise', bytes: 5 }]);
    expect((await events('consumers')).out).toContain(
      '1 message that came over a broker is no event: see macro events unreadable.\n',
    );
    expect(await events('unreadable', '--limit', 'all')).toMatchObject({ code: 2 });
    await restaurant.forgetNoise();
  });

  test('sees how far behind each consumer is', async () => {
    await deadLetter('table 7', 'bread');
    const { out } = await events('consumers');
    expect(out).toMatch(/^SAID BY +CONSUMER +OPEN .*DEAD +EVENTS\nwaiter +kitchen\.cook +\d+ .* waiter\.ordered\n$/);
    const [log] = JSON.parse((await events('consumers', '--json')).out) as LogOverview[];
    expect(log!.consumers[0]).toMatchObject({ consumer: 'kitchen.cook', events: ['waiter.ordered'] });
    expect(log!.dead).toBeGreaterThan(0);
  });

  test('goes on with the next page', async () => {
    const first = await events('list', '--limit', '2');
    const [, cursor] = /More: --cursor (\S+)/.exec(first.out) ?? [];
    const second = await events('list', '--limit', '2', '--cursor', cursor!);
    expect(second.code).toBe(0);
    const ids = ({ out }: MacroRun) => out.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g);
    expect(ids(first)).toHaveLength(2);
    expect(ids(second)).toHaveLength(2);
    expect(new Set([...ids(first)!, ...ids(second)!]).size).toBe(4);
  });
});

describe('an answer', () => {
  test('is coloured on a terminal only, and cut to what it shows', async () => {
    const environment = { DATABASE_URL: restaurant.url };
    const onTerminal = await macro(['events', 'list'], { isTTY: true, environment });
    const inFile = await macro(['events', 'list'], { environment });
    expect(onTerminal.out).toContain('\u001b[31m');
    expect(inFile.out).not.toContain('\u001b');
  });

  test('for programs is whole, with moments in ISO 8601', async () => {
    const [delivery] = await listed('--limit', '1');
    expect(delivery).toMatchObject({ log: 'waiter', time: expect.stringMatching(/^\d{4}-.*Z$/) });
  });
});

describe('a wrong request is answered with one sentence', () => {
  test.each([
    [['list', '--state', 'broken'], `--state broken: there is no such state. Choose one of ${STATES}.`],
    [['list', '--module', 'radio'], "No module 'radio' has a log of messages. These have: waiter."],
    [['list', '--older-than', 'yesterday'], '--older-than yesterday: write how long ago'],
    [['list', '--limit', '0'], '--limit 0: write a whole number from 1 to 200.'],
    [['list', '--cursor', 'x'], 'The cursor is not one that a list has answered with.'],
    [['show', 'x'], 'No log has the message x.'],
    [['show'], "missing required argument 'message'"],
    [['retry'], 'retry what? Name a message by its id, or say which ones'],
    [['retry', 'x', '--state', 'dead'], 'name one message, or say by filters which ones'],
    [['replay', '0192e8d2-0000-4000-8000-000000000000'], 'No log has the message 0192e8d2'],
    [['story'], 'name the story by its correlation id'],
    [['lsit'], "unknown command 'lsit'"],
  ])('%j', async (args, sentence) => {
    const { code, out, err } = await events(...args);
    expect(err).toContain(sentence);
    expect({ code, out, lines: err.trimEnd().split('\n').length }).toMatchObject({ code: 2, out: '' });
  });

  test('where no command of events is named, with what there is', async () => {
    const { code, err } = await events();
    expect(code).toBe(2);
    for (const name of ['list', 'show', 'story', 'consumers', 'retry', 'discard', 'replay'])
      expect(err).toContain(name);
  });
});

test('the help names every state that can be asked for', () => {
  expect(STATES).toBe(StateFilter.options.join(', '));
});
