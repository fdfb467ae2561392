import { EventsInDatabase, type Lack, NotReadyForHandover, TargetNotEmpty } from './preparation-errors.js';
import { movedTables } from './relations.js';
import type { Side } from './side.js';

/** The first version with roles as the platform makes them, and with subscriptions that need no superuser. */
const OLDEST_POSTGRES = 160_000;
/** A subscription uses one slot and one sender, and one more of each for every table that it copies at the time. */
const CONNECTIONS = 3;

interface SourceAbilities {
  readonly version: number;
  readonly walLevel: string;
  readonly mayReplicate: boolean;
  readonly mayCreate: boolean;
  readonly ownsSchema: boolean;
  readonly freeSlots: number;
  readonly freeSenders: number;
}

interface TargetAbilities {
  readonly version: number;
  readonly maySubscribe: boolean;
  readonly mayCreate: boolean;
  readonly freeWorkers: number;
  readonly extensions: readonly string[];
}

/** Both servers and both users can do what a handover needs of them. @throws NotReadyForHandover with all that is missing */
export async function refuseUnready(source: Side, target: Side): Promise<void> {
  const needed = await source.rows<{ name: string }>(EXTENSIONS_USED, [source.place.schema]);
  const [[from], [to]] = await Promise.all([
    source.rows<SourceAbilities>(SOURCE, [source.place.owner]),
    target.rows<TargetAbilities>(TARGET),
  ]);
  const lacks = [
    ...lacksOfSource(from!),
    ...lacksOfTarget(
      to!,
      needed.map(({ name }) => name),
    ),
    ...(source.facts.encoding === target.facts.encoding ? [] : [otherEncoding(source, target)]),
  ];
  if (lacks.length > 0) throw new NotReadyForHandover(lacks);
}

function lacksOfSource(abilities: SourceAbilities): Lack[] {
  const lacks: Lack[] = [];
  const lack = (what: string, remedy: string) => lacks.push({ side: 'source', what, remedy });
  if (abilities.version < OLDEST_POSTGRES) lack('PostgreSQL is older than 16.', 'Upgrade the server.');
  if (abilities.walLevel !== 'logical') {
    lack(
      `wal_level is '${abilities.walLevel}', and replication of single tables needs 'logical'.`,
      `ALTER SYSTEM SET wal_level = 'logical'; then restart the server. Hosted servers have a setting of their own for it.`,
    );
  }
  if (!abilities.mayReplicate) {
    lack(
      'The user may not make a role that replicates.',
      'ALTER ROLE … CREATEROLE REPLICATION for it, as a superuser.',
    );
  }
  if (!abilities.mayCreate) lack('The user may not publish tables.', 'GRANT CREATE ON DATABASE … to it.');
  if (!abilities.ownsSchema) {
    lack(
      "The user may not act as the owner of the module's schema.",
      'Use the user of the DATABASE_URL by which the module runs.',
    );
  }
  if (abilities.walLevel === 'logical' && abilities.freeSlots < CONNECTIONS) {
    lack(
      `${abilities.freeSlots} of ${CONNECTIONS} replication slots are free.`,
      'Raise max_replication_slots and restart the server.',
    );
  }
  if (abilities.walLevel === 'logical' && abilities.freeSenders < CONNECTIONS) {
    lack(
      `${abilities.freeSenders} of ${CONNECTIONS} WAL senders are free.`,
      'Raise max_wal_senders and restart the server.',
    );
  }
  return lacks;
}

function lacksOfTarget(abilities: TargetAbilities, extensions: readonly string[]): Lack[] {
  const lacks: Lack[] = [];
  const lack = (what: string, remedy: string) => lacks.push({ side: 'target', what, remedy });
  if (abilities.version < OLDEST_POSTGRES) lack('PostgreSQL is older than 16.', 'Upgrade the server.');
  if (!abilities.maySubscribe) {
    lack('The user may not make subscriptions.', 'GRANT pg_create_subscription to it, as a superuser.');
  }
  if (!abilities.mayCreate) {
    lack('The user may not make roles and schemas.', 'Use the owner of the database, with the attribute CREATEROLE.');
  }
  if (abilities.freeWorkers < CONNECTIONS) {
    lack(
      `${abilities.freeWorkers} of ${CONNECTIONS} workers for logical replication are free.`,
      'Raise max_logical_replication_workers and max_worker_processes, and restart the server.',
    );
  }
  for (const name of extensions.filter((each) => !abilities.extensions.includes(each))) {
    lack(`The extension ${name} is missing, which the module's tables use.`, `CREATE EXTENSION ${name}.`);
  }
  return lacks;
}

function otherEncoding(source: Side, target: Side): Lack {
  return {
    side: 'target',
    what: `Its texts are ${target.facts.encoding}, those of the source ${source.facts.encoding}.`,
    remedy: `CREATE DATABASE … ENCODING '${source.facts.encoding}' TEMPLATE template0.`,
  };
}

/** @throws TargetNotEmpty when there are rows in the target's schema */
export async function refuseRows(target: Side): Promise<void> {
  const filled: string[] = [];
  for (const { name } of await movedTables(target)) {
    const [found] = await target.rows<{ any: boolean }>(`SELECT EXISTS (SELECT FROM ${target.table(name)}) AS any`);
    if (found!.any) filled.push(`${target.place.schema}.${name}`);
  }
  if (filled.length > 0) throw new TargetNotEmpty(target.place.schema, filled);
}

/**
 * Between modules of one database events may go from the outbox of one straight to the inbox of the other. Moved apart, they
 * would wait for ever.
 * @throws EventsInDatabase
 */
export async function refuseDirectEvents(source: Side): Promise<void> {
  const { module, schema } = source.place;
  const consumers: string[] = [];
  for (const { name } of await source.rows<{ name: string }>(SCHEMAS_WITH_EVENTS)) {
    const isOwn = name === schema;

    const rows = await source.rows<{ consumer: string }>(
      `SELECT name AS consumer FROM ${name}.consumer WHERE name NOT LIKE '@%' AND starts_with(name, $1 || '.') <> $2
       UNION
       SELECT consumer FROM ${name}.delivery JOIN ${name}.outbox USING (position)
       WHERE state = 'open' AND kind = 'event' AND consumer NOT LIKE '@%' AND starts_with(consumer, $1 || '.') <> $2
       ORDER BY 1`,
      [module, isOwn],
    );
    consumers.push(...rows.map(({ consumer }) => (isOwn ? consumer : `${consumer} (from ${name})`)));
  }
  if (consumers.length > 0) throw new EventsInDatabase(module, consumers);
}

const SOURCE = `
  SELECT current_setting('server_version_num')::integer AS version, current_setting('wal_level') AS "walLevel",
    rolsuper OR rolcreaterole AND rolreplication AS "mayReplicate",
    has_database_privilege(current_database(), 'CREATE') AS "mayCreate",
    coalesce((SELECT pg_has_role(oid, 'USAGE') AND pg_has_role(oid, 'SET') FROM pg_roles WHERE rolname = $1), false) AS "ownsSchema",
    current_setting('max_replication_slots')::integer - (SELECT count(*)::integer FROM pg_replication_slots) AS "freeSlots",
    current_setting('max_wal_senders')::integer - (SELECT count(*)::integer FROM pg_stat_replication) AS "freeSenders"
  FROM pg_roles WHERE rolname = current_user`;

const TARGET = `
  SELECT current_setting('server_version_num')::integer AS version,
    rolsuper OR pg_has_role('pg_create_subscription', 'USAGE') AS "maySubscribe",
    (rolsuper OR rolcreaterole) AND has_database_privilege(current_database(), 'CREATE') AS "mayCreate",
    current_setting('max_logical_replication_workers')::integer
      - (SELECT count(*)::integer FROM pg_stat_subscription WHERE pid IS NOT NULL) AS "freeWorkers",
    ARRAY(SELECT extname::text FROM pg_extension) AS extensions
  FROM pg_roles WHERE rolname = current_user`;

/** Extensions that a column's type or an index of the schema stands on. */
const EXTENSIONS_USED = `
  SELECT DISTINCT extname AS name FROM pg_class AS class
  JOIN pg_depend AS use ON use.classid = 'pg_class'::regclass AND use.objid = class.oid
  JOIN pg_depend AS part ON part.classid = use.refclassid AND part.objid = use.refobjid
    AND part.refclassid = 'pg_extension'::regclass AND part.deptype = 'e'
  JOIN pg_extension AS extension ON extension.oid = part.refobjid
  WHERE class.relnamespace = to_regnamespace(quote_ident($1)) ORDER BY 1`;

const SCHEMAS_WITH_EVENTS = `
  SELECT relnamespace::regnamespace::text AS name FROM pg_class
  WHERE relname IN ('outbox', 'delivery', 'consumer') AND relkind IN ('r', 'p') AND has_schema_privilege(relnamespace, 'USAGE')
  GROUP BY relnamespace HAVING count(*) = 3 ORDER BY 1`;
