import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { type LogModule, type LogModules, MODULES } from './log-modules.js';
import { Random } from './random.js';

export interface FuzzOptions {
  readonly seed: number;
  /** How many units of work. */
  readonly units: number;
  /** How many run at once. */
  readonly callers: number;
}

export interface FuzzReport {
  readonly statements: number;
  /** How units ended, by error name and code. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Rows that the model says are there and the database does not have, and the other way round. */
  readonly lost: readonly string[];
  readonly extra: readonly string[];
  /** Statements that ran under the role of another module. */
  readonly wrongRoles: number;
}

class ChangedMind extends Error {}

const DEEPEST = 3;
const ROLE_OF_ROW = 'role';

/**
 * Runs random units of work: trees of statements of four modules, nested transactions of every kind, in sequence and
 * side by side, with failures that are caught and failures that are not. The model is one sentence: a row is there
 * exactly if its statement succeeded and every scope around it was kept. Each unit's decisions come from its own
 * seed, so that they do not depend on timing.
 */
export async function runRandomUnits(modules: LogModules, { seed, units, callers }: FuzzOptions): Promise<FuzzReport> {
  const expected = new Set<string>();
  const outcomes: Record<string, number> = {};
  const counts = { statements: 0, wrongRoles: 0, ids: 0 };
  let next = 0;

  const caller = async () => {
    while (next < units) {
      const random = new Random(seed * 1_000_003 + next++);
      const kept: string[] = [];
      const outcome = await modules.unitOfWork.run(() => tree(random, 0, kept)).then(() => 'committed', nameOf);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (outcome === 'committed') for (const row of kept) expected.add(row);
    }
  };

  async function tree(random: Random, depth: number, rows: string[]): Promise<void> {
    const jobs = Array.from({ length: 1 + random.below(4) }, () => {
      const own = new Random(random.below(2 ** 32));
      return () => job(own, depth, rows);
    });
    switch (random.below(4)) {
      case 0:
        for (const run of jobs) await run();
        return;
      case 1: {
        const results = await Promise.allSettled(jobs.map((run) => run()));
        const failed = results.find((result) => result.status === 'rejected');
        if (failed !== undefined) throw failed.reason;
        return;
      }
      default:
        // The first failure ends the scope while other jobs are still at work: they must be waited for or refused.
        await Promise.all(jobs.map((run) => run()));
    }
  }

  async function job(random: Random, depth: number, rows: string[]): Promise<void> {
    const kind = random.below(20);
    await pause(random);
    if (kind < 10 || depth > DEEPEST) return insert(random, rows);
    if (kind < 15) {
      const rethrow = random.below(3) === 0;
      return scope(random, depth, rows).catch((error: unknown) => {
        if (rethrow) throw error;
      });
    }
    if (kind < 17) return scope(random, depth, rows);
    if (kind < 18 && depth > 0) throw new ChangedMind();
    if (kind < 19 && depth > 0) return stray(random);
    return modules.unitOfWork.run(() => stray(random)).catch(() => {});
  }

  async function scope(random: Random, depth: number, rows: string[]): Promise<void> {
    const mine: string[] = [];
    const work = () => tree(random, depth + 1, mine);
    const dataSource = modules.dataSources[random.oneOf(MODULES)];
    const ways = [
      () => modules.unitOfWork.run(work),
      () => dataSource.transaction(work),
      () => dataSource.manager.transaction(work),
    ];
    await random.oneOf(ways)();
    rows.push(...mine);
  }

  async function insert(random: Random, rows: string[]): Promise<void> {
    const module = random.oneOf(MODULES);
    counts.ids += 1;
    const id = counts.ids;
    counts.statements += 1;
    const [row] = await random.oneOf([insertByText, insertByBuilder, insertByRunner])(modules, module, id);
    if (row?.[ROLE_OF_ROW]?.endsWith(`_${module}`) !== true) counts.wrongRoles += 1;
    rows.push(`${module} ${id}`);
  }

  async function stray(random: Random): Promise<void> {
    const module = random.oneOf(MODULES);
    const other = random.oneOf(MODULES.filter((each) => each !== module));
    counts.ids += 1;
    counts.statements += 1;
    await modules.dataSources[module].query(`INSERT INTO ${other}.log (id) VALUES ($1)`, [counts.ids]);
  }

  await Promise.all(Array.from({ length: callers }, caller));
  const found = await modules.read();
  for (const [row, role] of found) if (!role.endsWith(`_${row.split(' ')[0]}`)) counts.wrongRoles += 1;
  return {
    statements: counts.statements,
    outcomes,
    wrongRoles: counts.wrongRoles,
    lost: [...expected].filter((row) => !found.has(row)),
    extra: [...found.keys()].filter((row) => !expected.has(row)),
  };
}

type Rows = Promise<{ [ROLE_OF_ROW]: string }[]>;

function insertByText({ dataSources }: LogModules, module: LogModule, id: number): Rows {
  return dataSources[module].query(`INSERT INTO ${module}.log (id) VALUES ($1) RETURNING role`, [id]);
}

async function insertByBuilder({ dataSources }: LogModules, module: LogModule, id: number): Rows {
  const insert = dataSources[module].createQueryBuilder().insert().into(`${module}.log`, ['id']);
  return (await insert.values({ id }).returning(ROLE_OF_ROW).execute()).raw;
}

async function insertByRunner({ dataSources }: LogModules, module: LogModule, id: number): Rows {
  const queryRunner = dataSources[module].createQueryRunner();
  try {
    return await queryRunner.query(`INSERT INTO ${module}.log (id) VALUES ($1) RETURNING role`, [id]);
  } finally {
    await queryRunner.release();
  }
}

/** Different lengths of time, so that everything meets everything. */
async function pause(random: Random): Promise<void> {
  const kind = random.below(6);
  if (kind === 0) await nextTurn();
  else if (kind === 1) await sleep(random.below(3));
  else for (let turns = random.below(10); turns > 0; turns -= 1) await null;
}

function nameOf(error: Error & { code?: string; driverError?: { code?: string } }): string {
  return `${error.name} ${error.driverError?.code ?? error.code ?? ''}`.trim();
}
