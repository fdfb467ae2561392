import { parseProcedure, parseStatements, type SqlNode } from './sql-parser.js';
import { constantOf, isNode, nameParts, textOf, walkSql } from './sql-tree.js';

/** What stands in the body of CREATE FUNCTION or DO. */
export interface ProcedureBody {
  readonly statements: readonly SqlNode[];
  /** Whether it EXECUTEs a text that is put together at run time. */
  readonly executesComputedText: boolean;
}

/**
 * The statements inside a function's body, which PostgreSQL itself reads only when the function runs.
 * @param statement the tree of one statement
 * @param text the same statement as written
 * @throws UnparseableSql
 */
export function procedureBody(statement: SqlNode, text: string): ProcedureBody | undefined {
  const procedure = procedureOf(statement);
  if (!procedure) return undefined;
  const { language, body } = procedure;
  if (body === undefined) return undefined;
  if (language === 'sql') return { statements: parseStatements(body), executesComputedText: false };
  return language === 'plpgsql' ? fromProcedure(parseProcedure(text)) : { statements: [], executesComputedText: true };
}

function procedureOf(statement: SqlNode): { language: string; body: string | undefined } | undefined {
  const inner = isNode(statement.stmt) ? statement.stmt : statement;
  const create = isNode(inner.CreateFunctionStmt) ? inner.CreateFunctionStmt.options : undefined;
  const block = isNode(inner.DoStmt) ? inner.DoStmt.args : undefined;
  const options = create ?? block;
  if (!Array.isArray(options)) return undefined;

  const option = (name: string): unknown =>
    options.map((entry) => (entry as SqlNode).DefElem as SqlNode).find(({ defname }) => defname === name)?.arg;
  const body = option('as');
  const list = isNode(body) && isNode(body.List) ? nameParts(body.List.items) : undefined;
  return { language: textOf(option('language')) ?? 'plpgsql', body: list?.[0] ?? textOf(body) };
}

/** https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/parser/parser.h, RawParseMode */
const STATEMENT = 0;
const TYPE_NAME = 1;
const EXPRESSION = 2;

function fromProcedure(tree: SqlNode): ProcedureBody {
  const statements: SqlNode[] = [];
  let executesComputedText = false;
  walkSql(tree, (kind, fields, above) => {
    if (kind === 'PLpgSQL_type' && typeof fields.typname === 'string' && fields.typname.includes('.')) {
      statements.push(...parseStatements(`select null::${fields.typname.replace(/%.*$/, '')}`));
    }
    if (kind !== 'PLpgSQL_expr' || typeof fields.query !== 'string') return;
    const parsed = parseStatements(asStatement(fields.query, Number(fields.parseMode ?? STATEMENT)));
    statements.push(...parsed);
    if (!above.some((parent) => parent === 'PLpgSQL_stmt_dynexecute' || parent === 'PLpgSQL_stmt_dynfors')) return;
    if (above.at(-1) !== 'query') return;
    const executed = constantOfSelect(parsed[0]);
    if (executed === undefined) executesComputedText = true;
    else statements.push(...parseStatements(executed));
  });
  return { statements, executesComputedText };
}

function asStatement(query: string, mode: number): string {
  if (mode === STATEMENT) return query;
  if (mode === TYPE_NAME) return `select null::${query}`;
  return `select ${mode === EXPRESSION ? query : query.replace(/^[^=]*?:?=/, '')}`;
}

function constantOfSelect(statement: SqlNode | undefined): string | undefined {
  const select = statement && isNode(statement.stmt) ? statement.stmt.SelectStmt : undefined;
  const target = isNode(select) && Array.isArray(select.targetList) ? (select.targetList[0] as SqlNode) : undefined;
  return isNode(target?.ResTarget) ? constantOf(target.ResTarget.val) : undefined;
}
