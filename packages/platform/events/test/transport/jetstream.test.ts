import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Port } from '@macrolith/contract';
import { type BootRefused, defineModule, RemoteModule } from '@macrolith/core';
import { archive, gazette, issues, mood, Processes, until } from '../gazette.js';
import { OverNats } from './over-nats.js';
import { numbered } from './specification.js';

const paper = gazette();
const modules = [paper.GazetteModule, archive(['file', paper.Gazette.event.issued])];
const SUBJECT = 'macrolith.events.gazette.issued.v1';
const STREAM = 'macrolith-events';
const DURABLE = 'archive_gazette_issued';

let over: OverNats;

beforeEach(async () => {
  over = await OverNats.start();
});
afterEach(() => over.end());

const start = (options = {}) => over.processes.start(modules, options);
type Started = Awaited<ReturnType<typeof start>>;
const settled = (process: Started, count: number, withinMs = 30_000) =>
  until(async () => (await process.filed()).length >= count, withinMs);
const attributes = (id: string, more: Record<string, string> = {}) => ({
  'ce-specversion': '1.0',
  'ce-id': id,
  'ce-source': '/elsewhere',
  'ce-type': 'gazette.issued.v1',
  'ce-partitionkey': 'times',
  ...more,
});
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const unreadable = async (process: Started) =>
  (await process.database.of('archive').query('SELECT * FROM archive.received_unreadable ORDER BY id')).rows;

describe('An event in the stream', () => {
  test('is a CloudEvent in binary mode, byte by byte', async () => {
    const plain = connectSocket(over.nats.port, '127.0.0.1');
    let heard = '';
    plain.on('data', (chunk) => {
      heard += chunk;
    });
    await once(plain, 'data');
    plain.write(`CONNECT {"verbose":false,"headers":true}\r\nSUB ${SUBJECT} 1\r\nPING\r\n`);
    await until(() => heard.includes('PONG'));
    const process = await start();
    await process.issue(paper, { paper: 'tïmes 1', number: 1 });
    await until(() => heard.includes('}\r\n', heard.indexOf('HMSG')));
    plain.destroy();

    const [said] = await process.query('SELECT * FROM gazette.outbox');
    const head = heard.slice(heard.indexOf('NATS/1.0'));
    expect(head.split('\r\n')).toEqual([
      'NATS/1.0',
      'ce-specversion: 1.0',
      `ce-id: ${said!.id}`,
      'ce-source: /gazette',
      'ce-type: gazette.issued.v1',
      `ce-time: ${said!.time.toISOString()}`,
      'ce-datacontenttype: application/json',
      'ce-partitionkey: t%C3%AFmes%201',
      `ce-correlationid: ${said!.correlation_id}`,
      `ce-sequence: ${said!.position.padStart(19, '0')}`,
      `Nats-Msg-Id: ${said!.id}`,
      `Nats-Expected-Stream: ${STREAM}`,
      '',
      '{"paper":"tïmes 1","number":1}',
      '',
    ]);
  });

  test('of any other program is heard, too', async () => {
    const process = await start();
    await over.publish(SUBJECT, attributes(uuid(1)), '{"paper":"times","number":1}');
    await settled(process, 1);

    expect(await process.filed()).toEqual(['times/1']);
  });

  test('takes effect once when it was published twice, soon or long after', async () => {
    const process = await start();
    await process.issue(paper, { paper: 'times', number: 1 });
    await settled(process, 1);
    const [said] = await process.query('SELECT id FROM gazette.outbox');

    // As a process does that died before it could note that it had published.
    await process.query(`UPDATE gazette.delivery SET state = 'open', leased_until = NULL`);
    process.relay.wakeAll();
    await until(async () => (await process.query(`SELECT FROM gazette.delivery WHERE state = 'open'`)).length === 0);
    expect((await over.manager.streams.info(STREAM)).state.messages).toBe(1);
    // And as when the server has forgotten the id by then.
    await over.publish(SUBJECT, attributes(said!.id), '{"paper":"times","number":1}');
    await process.issue(paper, { paper: 'times', number: 2 });
    await settled(process, 2);

    expect(await process.filed()).toEqual(['times/1', 'times/2']);
  });
});

describe('A message that is no event', () => {
  test.each([
    ['lacks an attribute', { 'ce-id': '' }, '{}', "it has no 'id'"],
    ['has half a JSON', {}, '{"paper":', 'its JSON cannot be read'],
    ['contains what PostgreSQL does not store', {}, '{"paper":"\\u0000","number":1}', 'unsupported Unicode escape'],
  ])('since it %s, is set aside as it came, and those around it go on', async (_what, more, payload, reason) => {
    const process = await start();
    await process.issue(paper, { paper: 'times', number: 1 });
    await settled(process, 1);
    await over.publish(SUBJECT, attributes(uuid(7), more), payload);
    await process.issue(paper, { paper: 'times', number: 2 });
    await settled(process, 2);

    expect(await process.filed()).toEqual(['times/1', 'times/2']);
    const [row] = await unreadable(process);
    expect(row).toMatchObject({
      subject: SUBJECT,
      payload: Buffer.from(payload),
      reason: expect.stringContaining(reason),
    });
    expect(JSON.parse(row!.headers as string)).toMatchObject({ 'ce-type': ['gazette.issued.v1'] });

    const { unreadable: seen, consumers } = process.operations;
    expect(await seen.list(10)).toMatchObject([
      { log: 'archive (received)', subject: SUBJECT, payload, bytes: payload.length, reason: row!.reason },
    ]);
    expect((await consumers.overview()).map((each) => [each.log, each.unreadable])).toContainEqual([
      'archive (received)',
      1,
    ]);
  });

  test('is told to the server, so that it is not brought again', async () => {
    const terminated = over.client.subscribe(`$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.${STREAM}.${DURABLE}`, {
      max: 1,
    });
    const process = await start();
    await over.publish(SUBJECT, {}, 'noise');
    await until(async () => (await unreadable(process)).length === 1);

    for await (const advisory of terminated) expect(advisory.json()).toMatchObject({ stream: STREAM, stream_seq: 1 });
  });
});

describe('The durable consumer', () => {
  test('has acknowledged everything when everything is stored, and not before', async () => {
    const process = await start();
    await process.issue(paper, ...issues('times', 50));
    await settled(process, 50);

    await until(async () => {
      const { num_ack_pending, ack_floor } = await over.manager.consumers.info(STREAM, DURABLE);
      return num_ack_pending === 0 && ack_floor.stream_seq === 50;
    });
  });

  test('never has more handed out than its reader may have in memory', async () => {
    const process = await start();
    await process.issue(paper, { paper: 'times', number: 1 });
    await settled(process, 1);

    expect((await over.manager.consumers.info(STREAM, DURABLE)).config).toMatchObject({
      ack_policy: 'all',
      max_ack_pending: 200,
      filter_subject: 'macrolith.events.gazette.issued.*',
    });
  });

  test('that somebody removed is made again where the reading was', async () => {
    const process = await start();
    await process.issue(paper, { paper: 'times', number: 1 });
    await settled(process, 1);
    await over.manager.consumers.delete(STREAM, DURABLE);
    await process.issue(paper, { paper: 'times', number: 2 });
    await settled(process, 2);

    expect(await process.filed()).toEqual(['times/1', 'times/2']);
  });
});

describe('Reading', () => {
  test('is done by one process at a time, and taken over in order when that one ends', async () => {
    const [first, second] = [await start(), await start()];
    const holder = async () => {
      const { rows } = await second.database.of('archive').query('SELECT holder FROM archive.received_reader');
      return rows[0]?.holder;
    };
    await first.issue(paper, ...issues('times', 10));
    await settled(second, 10);
    const before = await holder();
    await first.end();
    await second.issue(paper, ...issues('times', 10, 11));
    await settled(second, 20);

    expect(await second.filed()).toEqual(numbered('times', 20));
    await until(async () => (await holder()) !== before);
  });

  test('is taken over from a process that stopped without a word, when its lease has run out', async () => {
    const first = await start();
    await first.issue(paper, { paper: 'times', number: 1 });
    await settled(first, 1);
    // As another process would have left it: held by nobody who still renews it.
    await first.end();
    const elsewhere = uuid(9);
    const second = await start({ enabled: false });
    await second.database
      .of('archive')
      .query(`UPDATE archive.received_reader SET holder = $1, until = now() + interval '1 second'`, [elsewhere]);
    await second.issue(paper, ...issues('times', 5, 2));
    const third = await start();
    await settled(third, 6);

    expect(await third.filed()).toEqual(numbered('times', 6));
  });

  test('notices that a power cut has taken the end of the stream, and misses nothing that has the same numbers now', async () => {
    const first = await start();
    await first.issue(paper, ...issues('times', 3));
    await settled(first, 3);
    // As if it had read five, of which the server has kept three.
    await first.end();
    const second = await start({ enabled: false });
    await second.database.of('archive').query('UPDATE archive.received_cursor SET sequence = 5');
    const third = await start();
    await third.issue(paper, ...issues('times', 4, 4));
    await settled(third, 7);

    expect(await third.filed()).toEqual(numbered('times', 7));
  });

  test('goes on with another stream of the same name, and hears nothing twice', async () => {
    const process = await start();
    await process.issue(paper, ...issues('times', 3));
    await settled(process, 3);
    await process.end();
    await over.manager.streams.delete(STREAM);
    const next = await start();
    await next.issue(paper, ...issues('times', 3, 4));
    await settled(next, 6);

    expect(await next.filed()).toEqual(numbered('times', 6));
  });

  test('of a subscriber that wants to start from the beginning starts there, and of one that does not, from now', async () => {
    const publishing = await over.processes.start([paper.GazetteModule]);
    await publishing.issue(paper, ...issues('times', 3));
    await until(async () => (await over.manager.streams.info(STREAM)).state.messages === 3);
    // What is older than the clocks may be apart.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { issued } = paper.Gazette.event;
    const both = archive(['fileNew', issued], ['fileAll', issued, { from: 'beginning' }]);
    const hearing = await over.processes.start([paper.GazetteModule, both]);
    await hearing.database
      .of('archive')
      .query(`UPDATE archive.received_consumer SET stored_after = since WHERE name = 'archive.fileNew'`);
    await hearing.issue(paper, ...issues('times', 2, 4));
    await until(async () => (await hearing.filed('fileAll')).length === 5);
    await until(async () => (await hearing.filed('fileNew')).length >= 2);

    expect(await hearing.filed('fileAll')).toEqual(numbered('times', 5));
  });
});

describe('When nats-server', () => {
  test('is killed in the middle, everything is heard once and in order when it is back', async () => {
    const process = await start();
    const publishing = (async () => {
      for (let number = 1; number <= 100; number += 1) {
        await process.issue(paper, { paper: 'times', number }, { paper: `p${number % 7}`, number });
      }
    })();
    for (const enough of [10, 60]) {
      await until(async () => (await process.filed()).length >= enough, 60_000);
      await over.nats.kill();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await over.nats.restart();
    }
    await publishing;
    await settled(process, 200, 60_000);

    const filed = await process.filed();
    expect(filed.filter((line) => line.startsWith('times/'))).toEqual(numbered('times', 100));
    expect(filed).toHaveLength(200);
    expect(await process.query(`SELECT FROM gazette.delivery WHERE state = 'dead'`)).toEqual([]);
  });

  test('does not answer for a while, everything is heard once and in order when it does', async () => {
    const process = await start();
    await process.issue(paper, ...issues('times', 5));
    await settled(process, 5);
    await over.nats.pause();
    await process.issue(paper, ...issues('times', 5, 6));
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    over.nats.resume();
    await settled(process, 10, 60_000);

    expect(await process.filed()).toEqual(numbered('times', 10));
  });

  test('is not there at the start, the process starts, and events wait until it is', async () => {
    await over.nats.kill();
    const process = await start({ natsPatienceMs: 300 });
    await process.issue(paper, ...issues('times', 5));
    expect(await process.query(`SELECT FROM gazette.delivery WHERE state = 'open'`)).toHaveLength(5);
    await over.nats.restart();
    await settled(process, 5, 60_000);

    expect(await process.filed()).toEqual(numbered('times', 5));
  });
});

describe('The change from the database to the stream', () => {
  test('loses and doubles nothing, and keeps the order of what was still open', async () => {
    const local = new Processes(over.database.url);
    const before = await local.start(modules);
    let broken = true;
    mood.trouble = (issue: { paper: string }) => {
      if (broken && issue.paper === 'times') throw new Error('no ink');
    };
    await before.issue(paper, ...issues('times', 5), ...issues('post', 5));
    await settled(before, 5);
    await local.end();
    const after = await start();
    await after.issue(paper, ...issues('times', 5, 6), ...issues('post', 5, 6));
    await settled(after, 10);
    expect(await after.filed()).toEqual(numbered('post', 10));
    broken = false;
    await settled(after, 20);

    const filed = await after.filed();
    expect(filed.filter((line) => line.startsWith('times/'))).toEqual(numbered('times', 10));
    expect(filed).toHaveLength(20);
    expect(await after.query('SELECT name FROM gazette.consumer')).toEqual([{ name: '@jetstream' }]);
  });

  test('takes along what was said before it, for whoever starts from the beginning then', async () => {
    const { issued } = paper.Gazette.event;
    const early = { from: 'beginning' } as const;
    const local = new Processes(over.database.url);
    const before = await local.start([paper.GazetteModule, archive(['file', issued, early])]);
    await before.issue(paper, ...issues('times', 5));
    await settled(before, 5);
    // As if it were long ago: an inbox does not remember for ever.
    await before.database.of('archive').query('DELETE FROM archive.inbox');
    await before.query(`UPDATE gazette.outbox SET time = time - interval '1 year'`);
    await local.end();
    const both = archive(['file', issued, early], ['fileLater', issued, early]);
    const after = await over.processes.start([paper.GazetteModule, both]);
    await after.issue(paper, ...issues('times', 5, 6));
    await until(async () => (await after.filed('fileLater')).length >= 10);
    await until(async () => (await after.filed('file')).length >= 10);

    expect(await after.filed('fileLater')).toEqual(numbered('times', 10));
    expect(await after.filed('file')).toEqual(numbered('times', 10));
  });

  test('may go process by process: one that has not changed yet loses nothing either, and says that it serves nobody', async () => {
    const local = new Processes(over.database.url);
    const warnings: string[] = [];
    const logger = { log: () => {}, error: () => {}, warn: (line: unknown) => void warnings.push(String(line)) };
    local.logger = logger;
    over.processes.logger = logger;
    const old = await local.start(modules);
    await old.issue(paper, ...issues('times', 3));
    await settled(old, 3);
    expect(warnings).toEqual([]);
    const changed = await start();
    await old.issue(paper, ...issues('times', 3, 4));
    await changed.issue(paper, ...issues('times', 3, 7));
    await settled(changed, 9);
    await until(() => warnings.length > 0);
    await local.end();

    expect(await changed.filed()).toEqual(numbered('times', 9));
    expect(warnings).toEqual([expect.stringMatching(/^Events of 'gazette' go over NATS, .* waits\./)]);
  });
});

describe('The change from the stream back to the database', () => {
  const local = () => new Processes(over.database.url);
  const perPaper = (filed: readonly string[], name: string) => filed.filter((line) => line.startsWith(`${name}/`));

  test('loses and doubles nothing, and keeps the order: of what was read, of what was not, and of what had not left', async () => {
    let broken = true;
    mood.trouble = (issue: { paper: string }) => {
      if (broken && issue.paper === 'times') throw new Error('no ink');
    };
    const both = await start();
    await both.issue(paper, ...issues('times', 2), ...issues('post', 2));
    await settled(both, 2);
    await over.processes.end();
    const alone = await over.processes.start([paper.GazetteModule]);
    await alone.issue(paper, ...issues('times', 2, 3), ...issues('post', 2, 3));
    await until(async () => (await alone.query(`SELECT FROM gazette.delivery WHERE state = 'open'`)).length === 0);
    await over.nats.kill();
    await alone.issue(paper, ...issues('times', 2, 5), ...issues('post', 2, 5));
    await over.processes.end();

    const back = local();
    const process = await back.start(modules);
    await process.issue(paper, ...issues('times', 2, 7), ...issues('post', 2, 7));
    await settled(process, 8);
    expect(await process.filed()).toEqual(numbered('post', 8));
    broken = false;
    await settled(process, 16);

    expect(perPaper(await process.filed(), 'times')).toEqual(numbered('times', 8));
    expect(await process.filed()).toHaveLength(16);
    expect(await process.query('SELECT name FROM gazette.consumer')).toEqual([{ name: 'archive.file' }]);
    await back.end();
  });

  test('holds for a process that is over NATS still, which says that nobody elsewhere hears it', async () => {
    const warnings: string[] = [];
    const logger = { log: () => {}, error: () => {}, warn: (line: unknown) => void warnings.push(String(line)) };
    over.processes.logger = logger;
    const still = await start();
    await still.issue(paper, ...issues('times', 3));
    await settled(still, 3);
    const back = local();
    back.logger = logger;
    const process = await back.start(modules);
    await still.issue(paper, ...issues('times', 3, 4));
    await process.issue(paper, ...issues('times', 3, 7));
    await settled(process, 9);
    await until(() => warnings.some((line) => line.startsWith("Events of 'gazette' stay in the database")));

    expect(await process.filed()).toEqual(numbered('times', 9));
    await back.end();
  });

  test('is not begun by a process with a module elsewhere, which may hear what is in the stream: it does not start', async () => {
    abstract class Library extends Port({ name: 'library', version: '1.0.0', operations: {} }) {}
    @RemoteModule(defineModule(Library, { owner: 'team-library' }))
    class LibraryModule {}
    const registered = async (process: Started) => process.query('SELECT name, since FROM gazette.consumer');
    const before = await registered(await start());
    await over.processes.end();
    const refusal = await local()
      .start([...modules, LibraryModule])
      .catch((error: unknown) => error);

    expect((refusal as BootRefused).problems).toContainEqual(
      expect.objectContaining({ id: 'events-stay-in-database', module: 'library' }),
    );
    expect(await registered(await start())).toEqual(before);
  });

  test('brings back a dead letter, which waits for somebody to decide', async () => {
    mood.trouble = () => {
      throw new Error('no ink');
    };
    const before = await start({ maxAttempts: 1 });
    await before.issue(paper, ...issues('times', 1));
    const dead = async (process: Started) => (await process.operations.deliveries.list({ state: 'dead' })).items;
    await until(async () => (await dead(before)).length === 1);
    await over.processes.end();
    mood.trouble = () => {};
    const back = local();
    const process = await back.start(modules);
    const [letter] = await dead(process);
    await process.operations.interventions.act('retry', letter!, { who: 'ada', why: 'there is ink' });
    await settled(process, 1);

    expect(letter).toMatchObject({ log: 'gazette', consumer: 'archive.file' });
    await back.end();
  });

  test('and to the stream once more tells whoever starts from the beginning all of it once, however long ago it was', async () => {
    const { issued } = paper.Gazette.event;
    const early = { from: 'beginning' } as const;
    const forgetful = async (process: Started) => {
      // An inbox does not remember for ever.
      await process.database.of('archive').query('DELETE FROM archive.inbox');
      await process.query(`UPDATE gazette.outbox SET time = time - interval '1 year'`);
      await process.query(`UPDATE gazette.delivery SET closed_at = closed_at - interval '1 year'`);
      await process.database
        .of('archive')
        .query(`UPDATE archive.received_cursor SET since = since - interval '1 year'`);
    };
    const modulesHeardEarly = [paper.GazetteModule, archive(['file', issued, early])];
    const filing = (process: Started, count: number) =>
      until(async () => (await process.filed('file')).length >= count);
    mood.trouble = ({ number }: { number: number }) => {
      if (number === 3) throw new Error('no ink');
    };
    const first = await over.processes.start(modulesHeardEarly);
    await first.issue(paper, ...issues('times', 3));
    await filing(first, 2);
    await until(async () => (await first.query(`SELECT FROM gazette.delivery WHERE state = 'open'`)).length === 0);
    await forgetful(first);
    await over.processes.end();
    mood.trouble = () => {};
    const back = local();
    const second = await back.start(modulesHeardEarly);
    await second.issue(paper, ...issues('times', 3, 4));
    await filing(second, 6);
    await forgetful(second);
    await back.end();
    const third = await over.processes.start([
      paper.GazetteModule,
      archive(['file', issued, early], ['fileLater', issued, early]),
    ]);
    await third.issue(paper, ...issues('times', 3, 7));
    await until(async () => (await third.filed('fileLater')).length >= 9);
    await filing(third, 9);

    expect(await third.filed('file')).toEqual(numbered('times', 9));
    expect(new Set(await third.filed('fileLater'))).toEqual(new Set(numbered('times', 9)));
  });
});
