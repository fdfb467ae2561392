import pg, { type ClientBase } from 'pg';
import { InvalidMigration } from '../errors/provisioning-errors.js';
import type { MigrationStep } from './migration-step.js';
import { MIGRATIONS_TABLE } from './migrations-table.js';

/** The migrations of one module in the order in which they run. */
export interface ModulePlan {
  readonly module: string;
  readonly schema: string;
  readonly owner: string;
  /** The platform's first, then the module's own by time. */
  readonly steps: readonly MigrationStep[];
}

/** Which migrations have run, as names by schema. One round trip, whatever the number of modules. */
export async function readExecuted(
  client: ClientBase,
  schemas: readonly string[],
): Promise<ReadonlyMap<string, Set<string>>> {
  const executed = new Map(schemas.map((schema) => [schema, new Set<string>()]));
  if (schemas.length === 0) return executed;
  const each = schemas.map(
    (schema) =>
      `SELECT ${pg.escapeLiteral(schema)} AS schema, name FROM ${pg.escapeIdentifier(schema)}.${MIGRATIONS_TABLE}`,
  );
  const { rows } = await client.query<{ schema: string; name: string }>(each.join(' UNION ALL '));
  for (const { schema, name } of rows) executed.get(schema)!.add(name);
  return executed;
}

/** The plans with what is left to run; modules with nothing left are not in it. */
export function pendingPlans(
  plans: readonly ModulePlan[],
  executed: ReadonlyMap<string, ReadonlySet<string>>,
): readonly ModulePlan[] {
  return plans
    .map((plan) => ({ ...plan, steps: plan.steps.filter(({ name }) => executed.get(plan.schema)?.has(name) !== true) }))
    .filter(({ steps }) => steps.length > 0);
}

/** Puts a module's own migrations in the order of their times. */
export function inOrder(module: string, steps: readonly MigrationStep[]): readonly MigrationStep[] {
  const names = new Set<string>();
  for (const { name } of steps) {
    if (names.has(name)) throw new InvalidMigration(module, name, 'has the name of another one. Rename it.');
    names.add(name);
  }
  return steps.toSorted((a, b) => a.timestamp - b.timestamp);
}
