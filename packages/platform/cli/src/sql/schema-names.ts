/** Which schemas a statement names, read from PostgreSQL's own syntax tree. */
import type { SqlNode } from './sql-parser.js';
import { constantOf, isNode, locationOf, nameParts, textOf, walkSql } from './sql-tree.js';

/** A schema, as a statement mentions it. */
export interface SchemaName {
  readonly schema: string;
  /** The name as written, e.g. `inventory.stock`. */
  readonly name: string;
  /** In bytes; undefined when the parser kept no place. */
  readonly location: number | undefined;
}

/** Fields that hold the parts of one name, its schema before its last part. */
const NAME_FIELDS = [
  'funcname',
  'names',
  'objname',
  'defnames',
  'typeName',
  'domainname',
  'collname',
  'opclass',
  'opclassname',
  'opfamilyname',
  'operName',
  'name',
  'useOp',
  'validator_name',
  'handler_name',
] as const;
/** Fields that hold a schema's name by itself. */
const SCHEMA_FIELDS = ['schemaname', 'newschema', 'remote_schema', 'local_schema'] as const;

export function schemaNames(statement: SqlNode): SchemaName[] {
  const found: SchemaName[] = [];
  walkSql(statement, (kind, fields) => {
    const location = locationOf(fields);
    const add = (name: SchemaName | undefined) => name && found.push({ ...name, location: location ?? name.location });
    for (const field of NAME_FIELDS) add(qualified(nameParts(fields[field])));
    for (const field of SCHEMA_FIELDS) add(schemaField(fields, field));
    if (kind === 'ColumnRef') add(columnName(fields));
    for (const name of objectNames(kind, fields)) add(name);
    for (const name of namesInTexts(kind, fields)) add(name);
  });
  return found;
}

function qualified(parts: readonly string[] | undefined): SchemaName | undefined {
  if (!parts || parts.length < 2) return undefined;
  return { schema: parts.at(-2)!, name: parts.join('.'), location: undefined };
}

function schemaField(fields: SqlNode, field: (typeof SCHEMA_FIELDS)[number]): SchemaName | undefined {
  const schema = fields[field];
  if (typeof schema !== 'string') return undefined;
  const name = typeof fields.relname === 'string' ? `${schema}.${fields.relname}` : schema;
  return { schema, name, location: undefined };
}

/** `a.b` is a column of an alias; only `schema.table.column` names a schema. */
function columnName(fields: SqlNode): SchemaName | undefined {
  const parts = Array.isArray(fields.fields) ? fields.fields.map((part) => textOf(part) ?? '*') : [];
  if (parts.length < 3) return undefined;
  return { schema: parts.at(-3)!, name: parts.join('.'), location: undefined };
}

/** Objects that DROP, COMMENT, GRANT and their like name as plain lists. */
function objectNames(kind: string, fields: SqlNode): SchemaName[] {
  if (kind === 'DropStmt') return listed(fields.objects, String(fields.removeType));
  if (kind === 'CommentStmt' || kind === 'SecLabelStmt') return listed([fields.object], String(fields.objtype));
  if (kind === 'AlterOwnerStmt' || kind === 'RenameStmt') {
    return listed([fields.object], String(fields.objectType ?? fields.renameType));
  }
  if (kind === 'GrantStmt') {
    const ofSchemas = fields.objtype === 'OBJECT_SCHEMA' || fields.targtype === 'ACL_TARGET_ALL_IN_SCHEMA';
    return ofSchemas ? listed(fields.objects, 'OBJECT_SCHEMA') : [];
  }
  if (kind === 'DefElem') return optionNames(fields);
  if (kind === 'PublicationObjSpec' && typeof fields.name === 'string') {
    return [{ schema: fields.name, name: fields.name, location: undefined }];
  }
  return [];
}

/** What these statements name lies on a table: `[schema, table, trigger]`. */
const ON_A_TABLE = new Set(['OBJECT_COLUMN', 'OBJECT_TRIGGER', 'OBJECT_POLICY', 'OBJECT_RULE', 'OBJECT_TABCONSTRAINT']);

function listed(objects: unknown, type: string): SchemaName[] {
  if (!Array.isArray(objects)) return [];
  return objects.flatMap((object): SchemaName[] => {
    const single = textOf(object);
    if (single !== undefined) {
      return type === 'OBJECT_SCHEMA' ? [{ schema: single, name: single, location: undefined }] : [];
    }
    const parts = isNode(object) && isNode(object.List) ? nameParts(object.List.items) : undefined;
    const depth = ON_A_TABLE.has(type) ? 3 : 2;
    if (!parts || parts.length < depth) return [];
    return [{ schema: parts.at(-depth)!, name: parts.join('.'), location: undefined }];
  });
}

function optionNames(fields: SqlNode): SchemaName[] {
  const list = isNode(fields.arg) && isNode(fields.arg.List) ? nameParts(fields.arg.List.items) : undefined;
  if (fields.defname === 'schemas')
    return (list ?? []).map((schema) => ({ schema, name: schema, location: undefined }));
  if (fields.defname === 'owned_by' && list && list.length >= 3) {
    return [{ schema: list.at(-3)!, name: list.join('.'), location: undefined }];
  }
  const schema = fields.defname === 'schema' ? textOf(fields.arg) : undefined;
  return schema === undefined ? [] : [{ schema, name: schema, location: undefined }];
}

/** Functions whose first argument is the text of a relation's name. */
const FUNCTIONS_OF_NAMES = new Set([
  'nextval',
  'currval',
  'setval',
  'to_regclass',
  'to_regtype',
  'to_regproc',
  'pg_get_serial_sequence',
  'pg_relation_size',
  'pg_total_relation_size',
]);
const TYPES_OF_NAMES = new Set(['regclass', 'regtype', 'regproc', 'regprocedure', 'regoper']);

/** `'inventory.stock'::regclass` and `nextval('inventory.stock_seq')` name a schema inside a text. */
function namesInTexts(kind: string, fields: SqlNode): SchemaName[] {
  if (kind === 'TypeCast' && isNode(fields.typeName)) {
    const type = nameParts(fields.typeName.names)?.at(-1) ?? '';
    if (type === 'regnamespace') return schemaOfText(constantOf(fields.arg));
    return TYPES_OF_NAMES.has(type) ? nameOfText(constantOf(fields.arg)) : [];
  }
  if (kind === 'FuncCall' && FUNCTIONS_OF_NAMES.has(nameParts(fields.funcname)?.at(-1) ?? '')) {
    return nameOfText(constantOf(Array.isArray(fields.args) ? fields.args[0] : undefined));
  }
  return [];
}

function nameOfText(text: string | undefined): SchemaName[] {
  const [, quoted, plain] = text?.match(/^\s*(?:"([^"]+)"|(\w+))\s*\./) ?? [];
  const schema = quoted ?? plain?.toLowerCase();
  return schema === undefined ? [] : [{ schema, name: text!, location: undefined }];
}

function schemaOfText(text: string | undefined): SchemaName[] {
  return text === undefined ? [] : [{ schema: text, name: text, location: undefined }];
}
