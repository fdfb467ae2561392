import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Work, workHook } from '@macrolith/core';
import { archive, gazette, issues, until } from '../gazette.js';
import { OverNats } from './over-nats.js';
import { numbered } from './specification.js';

const paper = gazette();
const Archive = archive(['file', paper.Gazette.event.issued]);
const modules = [paper.GazetteModule, Archive];
const SUBJECT = 'macrolith.events.gazette.issued.v1';
/** Whoever does not say who comes may do everything. */
const USERS = `
  authorization { users: [
    { user: printer, password: ink }
    { user: mute, password: hush, permissions: { publish: { deny: ["macrolith.events.>"] } } }
    { user: incurious, password: nothing, permissions: { publish: { deny: ["macrolith.stories.>"] } } }
  ] }
  no_auth_user: printer`;

let over: OverNats;
beforeEach(async () => {
  over = await OverNats.start({}, USERS);
});
afterEach(async () => {
  workHook.current = undefined;
  await over.end();
});

test('an event that NATS denies to its publisher waits, who looks is told why, it is counted, and leaves with the right to', async () => {
  const works: Work[] = [];
  workHook.current = (work) => void works.push(work);
  const kept = () => works.filter(({ kind }) => kind === 'kept-message');
  const mute = await over.processes.start(modules, { connection: { user: 'mute', pass: 'hush' } } as object);

  await mute.issue(paper, ...issues('times', 2));
  await until(async () => kept().length > 1);

  const { items } = await mute.operations.deliveries.list({ consumer: '@jetstream' }, { limit: 2 });
  const logs = await mute.operations.consumers.overview();
  expect(kept()[0]).toEqual({
    kind: 'kept-message',
    outlet: '@jetstream',
    type: 'gazette.issued.v1',
    reason: 'denied',
  });
  // The oldest: the other one has its key, and its turn is later.
  expect(items.at(-1)!.failure).toContain("'@jetstream' does not take it from this process");
  expect(items.at(-1)!.failure).toContain(SUBJECT);
  expect(logs.find(({ log }) => log === 'gazette')).toMatchObject({
    open: 2,
    dead: 0,
    oldestOpenAt: expect.any(Date),
    consumers: [{ consumer: '@jetstream', open: 2, dead: 0 }],
  });

  await over.processes.end();
  const printer = await over.processes.start(modules);
  await until(async () => (await printer.filed()).length === 2, 30_000);
  expect(await printer.filed()).toEqual(numbered('times', 2));
});

test('a story that NATS denies a process to ask for says that it is cut, and one line of the log says why', async () => {
  const gazetteOnly = await over.processes.start([paper.GazetteModule]);
  await gazetteOnly.issue(paper, ...issues('times', 1));
  const curious = await over.processes.start([Archive]);
  await until(async () => (await curious.operations.stories.about('times')).messages.length === 1);
  const lines: string[] = [];
  const hear = (line: unknown) => void lines.push(String(line));
  over.processes.logger = { log: () => {}, warn: hear, error: () => {} };
  const incurious = await over.processes.start([Archive], {
    connection: { user: 'incurious', pass: 'nothing' },
  } as object);
  const stories = [
    await curious.operations.stories.about('times'),
    await incurious.operations.stories.about('times'),
    await incurious.operations.stories.about('times'),
  ];

  expect(stories.map(({ isCut }) => isCut)).toEqual([false, true, true]);
  expect(lines).toEqual([
    expect.stringMatching(
      /does not let this process ask what 'gazette' knows.*@macrolith\/events\/operations.*macro nats-auth/,
    ),
  ]);
});
