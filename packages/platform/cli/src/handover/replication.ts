import { randomBytes } from 'node:crypto';
import { scramVerifier } from '@macrolith/data/handover';
import pg from 'pg';
import { ReplicationFailing, TargetCannotReachSource } from './handover-errors.js';
import { note } from './record.js';
import type { MovedTable } from './relations.js';
import type { Side } from './side.js';

const { escapeIdentifier: quoted, escapeLiteral: literal } = pg;

/** The longest that a slot may wait for other transactions of the source to end, in milliseconds. */
const SLOT_WAIT_MS = 30_000;
/** An error that comes once may be a connection that broke; the server tries again by itself. */
const ERRORS_BORNE = 3;
const DUPLICATE_OBJECT = '42710';

const BEGIN_ANEW = 'Begin anew: macro handover --abort, then without it.';
const SEE_LOG =
  "The reason is in the log of the target's server. Mend it and run the command again, or begin anew with --abort.";

/** Where a server listens. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

function hostAndPortText({ host, port }: HostAndPort): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** How far replication has come. */
export interface ReplicationState {
  /** Tables that are copied, of all. */
  readonly copied: number;
  readonly tables: number;
  /** Rows that the copies under way have brought so far. */
  readonly rowsUnderWay: number;
  /** Bytes of the source's log that the target has not confirmed. */
  readonly behindBytes: number;
  /** Bytes of the log that the source keeps until the handover is done or aborted. */
  readonly keptBytes: number;
}

/**
 * PostgreSQL's own logical replication of the module's tables from source to target: a publication and a slot there, a
 * subscription here, and a role by which the target's server connects. All have one name, made from the handover's id.
 *
 * Each step looks first whether it was done before, so all can be repeated. The slot is made by hand and never by the
 * subscription: between two databases of one cluster that would wait for itself for ever
 * (https://www.postgresql.org/docs/current/sql-createsubscription.html, Notes).
 */
export class Replication {
  readonly name: string;
  private errorsBefore: number | undefined;

  constructor(
    private readonly source: Side,
    private readonly target: Side,
    id: string,
    private readonly sourceHost: HostAndPort = source.place.location,
  ) {
    this.name = replicationName(id);
  }

  /** Before the slot: what a slot decodes is what was published when it was written. */
  async publish(tables: readonly MovedTable[]): Promise<void> {
    const { source, name } = this;
    if (!(await exists(source, 'SELECT FROM pg_roles WHERE rolname = $1', name))) {
      await source.client.query(`CREATE ROLE ${quoted(name)} LOGIN REPLICATION`);
    }
    const all = tables.map((table) => source.table(table.name)).join(', ');
    await source.asOwner([
      `GRANT USAGE ON SCHEMA ${source.schema} TO ${quoted(name)}`,
      `GRANT SELECT ON ${all} TO ${quoted(name)}`,
    ]);
    await this.giveIdentity(tables.filter(({ needsIdentity }) => needsIdentity).map((table) => table.name));
    if (await exists(source, 'SELECT FROM pg_publication WHERE pubname = $1', name)) return;
    await source.client.query(
      `CREATE PUBLICATION ${quoted(name)} FOR TABLE ${all} WITH (publish_via_partition_root = true)`,
    );
  }

  /**
   * Without an identity, changes and deletions would be refused to the module as soon as the table is published. One table after the
   * other, for nobody who writes to two of them in another order to meet a deadlock; what is to be taken back is noted before.
   */
  private async giveIdentity(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const { source } = this;
    await note(source, 'fullIdentity', names);
    for (const name of names) await source.asOwner([`ALTER TABLE ${source.table(name)} REPLICA IDENTITY FULL`]);
  }

  /** @throws ReplicationFailing when there was one: a new one would begin after what changed since it was lost */
  async makeSlot(): Promise<void> {
    const { source, name } = this;
    if (await exists(source, 'SELECT FROM pg_replication_slots WHERE slot_name = $1', name)) return;
    if (await this.isSubscribed()) throw new ReplicationFailing("the source's replication slot is gone.", BEGIN_ANEW);
    await source.client.query(`SET statement_timeout = ${SLOT_WAIT_MS}`);
    try {
      await source.client.query(`SELECT pg_create_logical_replication_slot($1, 'pgoutput')`, [name]);
    } catch (error) {
      if ((error as { code?: string }).code !== '57014') throw error;
      throw new ReplicationFailing(
        `a transaction of the source's server has been open for more than ${SLOT_WAIT_MS / 1000} s, and a consistent copy waits for it ` +
          '(the oldest: SELECT pid, xact_start FROM pg_stat_activity WHERE xact_start IS NOT NULL ORDER BY xact_start).',
        'End it, or wait for its end, and run the command again.',
      );
    } finally {
      await source.client.query('SET statement_timeout = 0');
    }
  }

  /**
   * From here on the target's server copies the tables and follows their changes by itself. For each copy it makes a slot at the
   * source, named after its subscription: the subscription does nothing until that is noted, so that no slot is ever left for which
   * nobody knows whose it is.
   */
  async subscribe(): Promise<void> {
    const { source, target, name } = this;
    if (!(await this.isSubscribed())) await this.makeSubscription();
    const [made] = await target.rows<{ oid: number }>('SELECT oid FROM pg_subscription WHERE subname = $1', [name]);
    await note(source, 'subscriptions', [made!.oid]);
    await target.client.query(`ALTER SUBSCRIPTION ${quoted(name)} ENABLE`);
  }

  private async makeSubscription(): Promise<void> {
    const { source, target, name } = this;
    // Made anew each time, so that it is kept nowhere but in the subscription.
    const password = randomBytes(24).toString('base64url');
    await source.client.query(`ALTER ROLE ${quoted(name)} PASSWORD ${literal(scramVerifier(password))}`);
    try {
      await target.client.query(
        `CREATE SUBSCRIPTION ${quoted(name)} CONNECTION ${literal(this.connection(password))} PUBLICATION ${quoted(name)}
          WITH (enabled = false, create_slot = false, slot_name = ${literal(name)}, copy_data = true)`,
      );
    } catch (error) {
      const { code } = error as Error & { code?: string };
      if (code === DUPLICATE_OBJECT) return;
      if (code?.startsWith('08')) throw new TargetCannotReachSource(hostAndPortText(this.sourceHost), error as Error);
      throw error;
    }
  }

  private connection(password: string): string {
    const { host, port } = this.sourceHost;
    const parts = {
      host,
      port,
      dbname: this.source.place.location.database,
      user: this.name,
      password,
      ...this.source.tls,
    };
    return Object.entries(parts)
      .map(([key, value]) => `${key}='${String(value).replace(/[\\']/g, '\\$&')}'`)
      .join(' ');
  }

  /** @throws ReplicationFailing */
  async state(): Promise<ReplicationState> {
    const { source, target, name } = this;
    const [[tables], [slot]] = await Promise.all([
      target.rows<{ copied: number; tables: number; rows: number; enabled: boolean; errors: number }>(SUBSCRIPTION, [
        name,
      ]),
      source.rows<{ status: string; behind: number; kept: number }>(SLOT, [name]),
    ]);
    if (slot === undefined || slot.status === 'lost') {
      throw new ReplicationFailing(
        'the source has not kept its log for the handover (max_slot_wal_keep_size): what changed meanwhile is gone.',
        BEGIN_ANEW,
      );
    }
    if (tables === undefined) throw new ReplicationFailing('the target has no subscription any more.', BEGIN_ANEW);
    if (!tables.enabled) throw new ReplicationFailing("the target's subscription is disabled.", SEE_LOG);
    this.errorsBefore ??= tables.errors;
    if (tables.errors - this.errorsBefore >= ERRORS_BORNE) {
      throw new ReplicationFailing(
        `the target has failed ${tables.errors - this.errorsBefore} times to take over what it is sent.`,
        SEE_LOG,
      );
    }
    return {
      copied: tables.copied,
      tables: tables.tables,
      rowsUnderWay: tables.rows,
      behindBytes: Math.max(0, slot.behind),
      keptBytes: slot.kept,
    };
  }

  /** Where the source's log ends now; all that has been committed is before it, and on the disk. */
  async position(note: string): Promise<string> {
    // A commit of this session writes the log out up to here, also where other sessions do not wait for it.
    await this.source.client.query(note);
    const [row] = await this.source.rows<{ position: string }>('SELECT pg_current_wal_insert_lsn()::text AS position');
    return row!.position;
  }

  async hasConfirmed(position: string): Promise<boolean> {
    const [slot] = await this.source.rows<{ confirmed: boolean }>(
      'SELECT confirmed_flush_lsn >= $2::pg_lsn AS confirmed FROM pg_replication_slots WHERE slot_name = $1',
      [this.name, position],
    );
    if (slot === undefined) throw new ReplicationFailing("the source's replication slot is gone.", BEGIN_ANEW);
    return slot.confirmed;
  }

  /** The statements, for one transaction, by which the target stops following. */
  get stopStatements(): readonly string[] {
    return unsubscribeStatements(this.name);
  }

  async isSubscribed(): Promise<boolean> {
    return exists(this.target, 'SELECT FROM pg_subscription WHERE subname = $1', this.name);
  }

  /** Takes a subscription away that may still be copying. The slots of its copies go with it, if its server reaches the source's. */
  async unsubscribe(): Promise<void> {
    if (!(await this.isSubscribed())) return;
    await this.target.transaction(this.stopStatements);
  }
}

export function replicationName(id: string): string {
  return `macrolith_handover_${id.replaceAll('-', '').slice(0, 12)}`;
}

/** The statements by which a database stops following; the slot at the other side stays. */
export function unsubscribeStatements(subscription: string): readonly string[] {
  const name = quoted(subscription);
  return [
    `ALTER SUBSCRIPTION ${name} DISABLE`,
    `ALTER SUBSCRIPTION ${name} SET (slot_name = NONE)`,
    `DROP SUBSCRIPTION ${name}`,
  ];
}

async function exists(side: Side, query: string, name: string): Promise<boolean> {
  return (await side.rows(query, [name])).length > 0;
}

const SUBSCRIPTION = `
  SELECT subenabled AS enabled,
    (SELECT count(*)::integer FROM pg_subscription_rel WHERE srsubid = subscription.oid) AS tables,
    (SELECT count(*)::integer FROM pg_subscription_rel WHERE srsubid = subscription.oid AND srsubstate = 'r') AS copied,
    (SELECT coalesce(sum(tuples_processed), 0)::float8 FROM pg_stat_progress_copy AS copy
      JOIN pg_subscription_rel AS relation ON relation.srrelid = copy.relid
      WHERE copy.datname = current_database() AND relation.srsubid = subscription.oid) AS rows,
    coalesce((SELECT (apply_error_count + sync_error_count)::float8 FROM pg_stat_subscription_stats
      WHERE subid = subscription.oid), 0) AS errors
  FROM pg_subscription AS subscription
  WHERE subname = $1 AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())`;

const SLOT = `
  SELECT wal_status AS status, pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::float8 AS behind,
    pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::float8 AS kept
  FROM pg_replication_slots WHERE slot_name = $1`;
