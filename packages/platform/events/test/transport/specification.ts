/** What holds of events however they travel. Each transport is held to it by a test file of its own. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from '@macrolith/contract';
import type { RelayOptions } from '@macrolith/events/local';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import type { DynamicModule } from '@nestjs/common';
import { archive, gazette, type Heard, type Issue, issues, mood, type Process, Processes, until } from '../gazette.js';

export interface Transport {
  /** `EventsModule.forRoot` of the transport. */
  readonly module: (options: Partial<RelayOptions>) => DynamicModule;
  /** The schema and table of what is owed to the archive. */
  readonly owed: string;
}

export function specifyTransport(name: string, transport: () => Transport): void {
  describe(`Events that travel ${name}`, () => {
    let database: TestDatabase;
    let processes: Processes;
    const paper = gazette();

    beforeEach(async () => {
      database = await createTestDatabase();
      processes = new Processes(database.url, transport().module);
    });
    afterEach(async () => {
      mood.trouble = () => {};
      await processes.end();
      await database.drop();
    });

    const hears = (...more: readonly Heard[]) => archive(['file', paper.Gazette.event.issued], ...more);
    const settled = (process: Process, count: number) => until(async () => (await process.filed()).length >= count);

    test('take effect once and in order of each key', async () => {
      const process = await processes.start([paper.GazetteModule, hears()]);
      for (let number = 1; number <= 20; number += 1) {
        await process.issue(paper, { paper: 'times', number }, { paper: 'post', number });
      }
      await settled(process, 40);

      for (const key of ['times', 'post']) expect(of(key, await process.filed())).toEqual(numbered(key, 20));
    });

    test('come with everything that the publisher told', async () => {
      const process = await processes.start([paper.GazetteModule, hears()]);
      await process.issue(paper, { paper: 'tïmes % "€"', number: 1 });
      await settled(process, 1);

      const [{ data, envelope }] = (await process.filedRows()) as [Awaited<ReturnType<Process['filedRows']>>[number]];
      const [said] = await process.query('SELECT id, time, correlation_id FROM gazette.outbox');
      expect(data).toEqual({ paper: 'tïmes % "€"', number: 1 });
      expect(envelope).toEqual({
        id: said!.id,
        type: 'gazette.issued.v1',
        key: 'tïmes % "€"',
        time: said!.time.toISOString(),
        consumer: 'archive.file',
        correlationId: said!.correlation_id,
      });
    });

    test('reach a subscriber in another process', async () => {
      const publishing = await processes.start([paper.GazetteModule, hears()], { enabled: false });
      const hearing = await processes.start([paper.GazetteModule, hears()]);
      await publishing.issue(paper, ...issues('times', 5));
      await settled(hearing, 5);

      expect(await hearing.filed()).toEqual(numbered('times', 5));
    });

    test('are shared by two processes, and take effect once', async () => {
      const both = await Promise.all([1, 2].map(() => processes.start([paper.GazetteModule, hears()])));
      for (let number = 1; number <= 30; number += 1) {
        await both[number % 2]!.issue(paper, { paper: 'times', number }, { paper: `p${number}`, number });
      }
      await settled(both[0]!, 60);

      expect(of('times', await both[0]!.filed())).toEqual(numbered('times', 30));
      expect(await both[0]!.filed()).toHaveLength(60);
    });

    test('go on where they were when the process comes back', async () => {
      const first = await processes.start([paper.GazetteModule, hears()]);
      await first.issue(paper, ...issues('times', 5));
      await settled(first, 3);
      await first.issue(paper, ...issues('times', 5, 6));
      await first.end();
      const second = await processes.start([paper.GazetteModule, hears()]);
      await settled(second, 10);

      expect(await second.filed()).toEqual(numbered('times', 10));
    });

    test('hold up their own key only when a subscriber fails, and go on in order', async () => {
      const process = await processes.start([paper.GazetteModule, hears()]);
      let broken = true;
      mood.trouble = (issue: { paper: string; number: number }) => {
        if (broken && issue.paper === 'times' && issue.number === 1) throw new Error('no ink');
      };
      await process.issue(paper, ...issues('times', 3), ...issues('post', 3));
      await until(async () => (await process.filed()).length === 3);
      expect(await process.filed()).toEqual(numbered('post', 3));
      broken = false;
      await settled(process, 6);

      expect(of('times', await process.filed())).toEqual(numbered('times', 3));
    });

    test('become dead letters with their reason when a subscriber fails for good, and the next of the key goes on', async () => {
      const process = await processes.start([paper.GazetteModule, hears()], { maxAttempts: 2 });
      mood.trouble = (issue: { number: number }) => {
        if (issue.number === 1) throw new Error('no ink');
      };
      await process.issue(paper, ...issues('times', 2));
      await settled(process, 1);

      const dead = await owed(process, transport().owed, `state = 'dead'`);
      expect(dead).toMatchObject([{ consumer: 'archive.file', failure: expect.stringContaining('no ink') }]);
      expect(await process.filed()).toEqual(['times/2']);
    });

    test('are held when their version is newer than the subscriber knows, and heard by a process that knows it', async () => {
      const Newer = z.object({ paper: z.string(), number: z.int(), pages: z.int() });
      const newer = gazette(2, Newer);
      const old = await processes.start([newer.GazetteModule, hears()]);
      await old.issue(newer, { paper: 'times', number: 1, pages: 8 } as z.output<typeof Issue>);
      await until(async () => (await owed(old, transport().owed, 'held')).length === 1);
      expect(await old.filed()).toEqual([]);
      await old.end();

      const knowing = await processes.start([newer.GazetteModule, archive(['file', newer.Gazette.event.issued])]);
      await settled(knowing, 1);
      expect((await knowing.filedRows())[0]!.data).toEqual({ paper: 'times', number: 1, pages: 8 });
    });

    test('of a transaction that rolled back do not exist', async () => {
      const process = await processes.start([paper.GazetteModule, hears()]);
      const office = process.get(paper.Office as never) as InstanceType<typeof paper.Office>;
      const failing = office.unitOfWork.run(async () => {
        await office.events.publish(paper.Gazette.event.issued, { paper: 'times', number: 1 });
        throw new Error('stop the press');
      });
      await expect(failing).rejects.toThrow('stop the press');
      await process.issue(paper, { paper: 'times', number: 2 });
      await settled(process, 1);

      expect(await process.filed()).toEqual(['times/2']);
    });
  });
}

const of = (key: string, filed: readonly string[]): string[] => filed.filter((line) => line.startsWith(`${key}/`));

export function numbered(key: string, count: number): string[] {
  return issues(key, count).map(({ number }) => `${key}/${number}`);
}

async function owed(process: Process, table: string, condition: string) {
  const [schema] = table.split('.') as [string];
  const { rows } = await process.database.of(schema).query(`SELECT * FROM ${table} WHERE ${condition}`);
  return rows;
}
