import type { SourceFile } from '../workspace/source-file.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import { constantSql } from './constant-sql.js';
import { Constants } from './constants.js';
import { inspectSql, type SqlFinding } from './sql-inspection.js';
import { type SqlSite, sqlSites, takesSql } from './sql-site.js';
import { SqlText } from './sql-text.js';
import { relationNames } from './typeorm-names.js';

const inspected = new WeakMap<WorkspacePackage, readonly SqlFinding[]>();

/** What a module's SQL does that its rules may object to. Read once, however many rules ask. */
export function moduleSql(member: WorkspacePackage): readonly SqlFinding[] {
  let findings = inspected.get(member);
  if (!findings) {
    const files = member.files.filter(({ role }) => role === 'source');
    const constants = new Constants(member.files);
    findings = distinct(files.flatMap((file) => inspectFile(file, ownSchema(member), constants)));
    inspected.set(member, findings);
  }
  return findings;
}

/** The module's schema; by its folder's name while it has no readable manifest. */
export function ownSchema({ manifest, folder }: WorkspacePackage): string {
  return manifest?.schema ?? folder.slice(folder.lastIndexOf('/') + 1).replaceAll('-', '_');
}

function inspectFile(file: SourceFile, schema: string, constants: Constants): SqlFinding[] {
  if (file.isSql) return inspectSql(SqlText.of(file.text, file, 0, true), 'statement', schema);
  if (!takesSql(file)) return [];
  return [
    ...sqlSites(file).flatMap((site) => inspectSite(site, file, schema, constants)),
    ...relationNames(file, schema, constants),
  ];
}

function inspectSite(site: SqlSite, file: SourceFile, schema: string, constants: Constants): SqlFinding[] {
  const { kind, node, columns } = site;
  const sql = constantSql(node, file, { constants, columns: new Set(columns) });
  if ('texts' in sql) return sql.texts.flatMap((text) => inspectSql(text, kind, schema));
  // Not every text with a gap goes to the database; what does is met again where it is handed over.
  if (kind === 'text') return [];
  const { culprit, file: origin, inText } = sql.computed;
  if (kind === 'argument' && !inText) return [];
  const written = origin.text.slice(culprit.start, culprit.end);
  return [{ kind: 'computed', what: shortened(written), place: { file: origin, offset: culprit.start } }];
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

/** A constant that is used twice is one piece of SQL. */
function distinct(findings: readonly SqlFinding[]): SqlFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ kind, what, place }) => {
    const key = [kind, what, place.file.path, place.offset].join('\n');
    return seen.has(key) ? false : seen.add(key);
  });
}
