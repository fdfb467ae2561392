import { type ProcedureBody, procedureBody } from './procedure-bodies.js';
import { type SchemaName, schemaNames } from './schema-names.js';
import { sessionChanges } from './session-changes.js';
import { offsetOfByte, parseStatements, type SqlNode, UnparseableSql } from './sql-parser.js';
import type { SqlSite } from './sql-site.js';
import type { SourcePlace, SqlText } from './sql-text.js';
import { isNode } from './sql-tree.js';
import { unqualifiedTables } from './unqualified-tables.js';

/** Something in a module's SQL that a rule may object to. */
export interface SqlFinding {
  readonly kind: /** Names something in a schema that is neither the module's own nor PostgreSQL's. */
    | 'foreign-schema'
    /** Names a table without its schema. */
    | 'unqualified'
    /** Changes the role or the search path of the session. */
    | 'session'
    /** PostgreSQL cannot parse it. */
    | 'unparseable'
    /** Its text is put together at run time. */
    | 'computed';
  /** The name, setting, error or expression that it is about. */
  readonly what: string;
  /** The schema that a `foreign-schema` names. */
  readonly schema?: string;
  readonly place: SourcePlace;
}

const FRAGMENT_PREFIX = 'select ';

/** Inspects constant SQL. `kind` says how it is handed over: a mere text that does not parse was never SQL. */
export function inspectSql(sql: SqlText, kind: SqlSite['kind'], schema: string): SqlFinding[] {
  const isFragment = kind === 'fragment' || kind === 'argument';
  const prefix = isFragment ? FRAGMENT_PREFIX : '';
  const text = prefix + (isFragment ? withoutNamedParameters(sql.text) : sql.text);
  const at = (offset: number) => sql.placeOf(Math.max(0, offset - prefix.length));
  try {
    const findings = parseStatements(text).flatMap((statement) => inspectStatement(statement, text, schema, at));
    // 'Select a product from the list' is a statement on the table `the`, and more likely a sentence.
    return kind === 'text' ? findings.filter((finding) => finding.kind !== 'unqualified') : findings;
  } catch (error) {
    if (!(error instanceof UnparseableSql)) throw error;
    if (kind === 'text' || (isFragment && !/\bfrom\b/i.test(text))) return [];
    return [{ kind: 'unparseable', what: error.message, place: at(error.offset) }];
  }
}

/** Query builders replace `:name` and `:...name` themselves. The text keeps its length, so that places stay true. */
function withoutNamedParameters(text: string): string {
  return text.replace(/(?<![:\w]):(\.\.\.)?[A-Za-z]\w*/g, (parameter) => '$1'.padEnd(parameter.length));
}

function inspectStatement(
  statement: SqlNode,
  text: string,
  schema: string,
  at: (offset: number) => SourcePlace,
): SqlFinding[] {
  const begin = offsetOfByte(text, Number(statement.stmt_location ?? 0));
  const beginPlace = at(begin + (text.slice(begin).match(/^\s*/)?.[0].length ?? 0));
  const inBytes = (byte: number | undefined) => (byte === undefined ? beginPlace : at(offsetOfByte(text, byte)));
  const body = bodyOf(statement, text, begin);
  const statements = [statement, ...(body?.statements ?? [])];

  const foreign = statements.flatMap((inner) =>
    foreignNames(inner, schema).map(({ name, schema: named, location }): SqlFinding => {
      // Inside a function's body, and for some statements, the parser keeps no place of names: they are looked for.
      const found = inner === statement && location !== undefined ? -1 : text.indexOf(name, begin);
      return { kind: 'foreign-schema', what: name, schema: named, place: found < 0 ? inBytes(location) : at(found) };
    }),
  );
  const unqualified = unqualifiedTables(statement).map(
    ({ table, location }): SqlFinding => ({ kind: 'unqualified', what: table, place: inBytes(location) }),
  );
  const session = statements.flatMap((inner) =>
    sessionChanges(inner, schema).map((what): SqlFinding => ({ kind: 'session', what, place: beginPlace })),
  );
  const computed: SqlFinding = { kind: 'computed', what: 'EXECUTE in a function', place: beginPlace };
  return [...foreign, ...unqualified, ...session, ...(body?.executesComputedText ? [computed] : [])];
}

function bodyOf(statement: SqlNode, text: string, begin: number): ProcedureBody | undefined {
  const length = Number(statement.stmt_len ?? 0);
  const bytes = Buffer.from(text.slice(begin), 'utf8');
  const written = (length === 0 ? bytes : bytes.subarray(0, length)).toString('utf8');
  return isNode(statement.stmt) ? procedureBody(statement, written) : undefined;
}

function foreignNames(statement: SqlNode, ownSchema: string): SchemaName[] {
  return schemaNames(statement).filter(({ schema }) => schema !== ownSchema && schema !== 'pg_catalog');
}
