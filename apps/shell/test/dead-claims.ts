import type pg from 'pg';

/** Where processes note until when something is theirs. */
interface Claims {
  readonly module: string;
  readonly table: string;
  readonly until: string;
}

/** What a process that died had in its hands is left alone for some seconds: lets that run out now for the modules that it hosted. */
export async function forgetClaims(
  administrator: pg.Pool | pg.Client,
  isDead: (module: string) => boolean,
): Promise<void> {
  const { rows } = await administrator.query<Claims>(
    `SELECT table_schema AS module, format('%I.%I', table_schema, table_name) AS table, column_name AS until
    FROM information_schema.columns
    WHERE column_name IN ('leased_until', 'claimed_until') OR (table_name LIKE '%\\_reader' AND column_name = 'until')`,
  );
  for (const { table, until } of rows.filter(({ module }) => isDead(module)))
    await administrator.query(`UPDATE ${table} SET ${until} = now() WHERE ${until} > now()`);
}
