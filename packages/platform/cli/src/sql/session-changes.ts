import type { SqlNode } from './sql-parser.js';
import { constantOf, nameParts, walkSql } from './sql-tree.js';

/** Settings that decide which tables a name means and whose rights count. The platform alone sets them. */
const GUARDED_SETTINGS = new Set(['search_path', 'role', 'session_authorization']);

/** How a statement changes whom or what later statements run as, e.g. `SET search_path`; empty when it does not. */
export function sessionChanges(statement: SqlNode, ownSchema: string): string[] {
  const changes: string[] = [];
  walkSql(statement, (kind, fields, above) => {
    if (kind === 'DiscardStmt') changes.push('DISCARD');
    if (kind === 'VariableSetStmt') changes.push(...settingChange(fields, above, ownSchema));
    if (kind === 'FuncCall' && nameParts(fields.funcname)?.at(-1) === 'set_config') {
      const setting = constantOf(Array.isArray(fields.args) ? fields.args[0] : undefined);
      if (setting === undefined || GUARDED_SETTINGS.has(setting.toLowerCase())) {
        changes.push(`set_config of ${setting ?? 'a computed setting'}`);
      }
    }
  });
  return changes;
}

function settingChange(fields: SqlNode, above: readonly string[], ownSchema: string): string[] {
  if (fields.kind === 'VAR_RESET_ALL') return ['RESET ALL'];
  const setting = String(fields.name).toLowerCase();
  if (!GUARDED_SETTINGS.has(setting)) return [];
  if (setting === 'search_path' && above.includes('CreateFunctionStmt') && isOwnPath(fields, ownSchema)) return [];
  return [`${fields.kind === 'VAR_RESET' ? 'RESET' : 'SET'} ${setting}`];
}

/** A function that fixes its own search_path to the module's schema is safer than one that does not. */
function isOwnPath(fields: SqlNode, ownSchema: string): boolean {
  const schemas = Array.isArray(fields.args) ? fields.args.map(constantOf) : [];
  return schemas.every((schema) => schema !== undefined && ['', ownSchema, 'pg_catalog', 'pg_temp'].includes(schema));
}
