import { type ErrorClass, type EventType, type Operation, wireSchema, type z } from '@macrolith/contract';
import type { DocumentedModule } from '../module/documented-module.ts';
import { fieldTable } from './field-table.ts';
import { statusOf } from './http-status.ts';
import { GENERATED } from './page.ts';
import type { Schema } from './schema-words.ts';

/** The reference of one module's contract. */
export function contractPage(module: DocumentedModule): string {
  const { name, contract, comments } = module;
  const operations = Object.values(contract.operations);
  const events = Object.values(contract.events);
  const own = ownErrors(module);
  const shown = new Map<string, string>();
  return [
    `# ${name}`,
    GENERATED,
    comments.get(classOf(name)),
    facts(module),
    '## Operations',
    overview(module, operations),
    ...operations.flatMap((operation) => operationSection(module, operation, shown)),
    ...(own.length > 0 ? ['## Errors', ...own.flatMap((error) => errorSection(module, error))] : []),
    ...(events.length > 0 ? ['## Events', ...events.flatMap((event) => eventSection(module, event))] : []),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join('\n\n')
    .concat('\n');
}

/** Errors that the module declares itself; it may pass on those of others, too. */
export function ownErrors({ name, contract }: DocumentedModule): ErrorClass[] {
  const errors = Object.values(contract.operations).flatMap((operation) => [...operation.errors]);
  return [...new Set(errors)].filter(({ code }) => moduleOf(code) === name).sort((a, b) => (a.code < b.code ? -1 : 1));
}

export function anchorOf(error: ErrorClass): string {
  return error.name.toLowerCase();
}

function facts({ package: packageName, name, owner, schema, uses, contract }: DocumentedModule): string {
  const used = uses.map((other) => nameOf(other)).map((other) => `[${other}](${other}.md)`);
  return [
    '| | |',
    '| --- | --- |',
    `| package | [\`${packageName}\`](../../../packages/modules/${name}/README.md) |`,
    `| contract | version ${contract.version} |`,
    `| owner | ${owner} |`,
    `| schema | \`${schema}\` |`,
    `| uses | ${used.join(', ') || 'no other module'} |`,
  ].join('\n');
}

function overview(module: DocumentedModule, operations: readonly Operation[]): string {
  const rows = operations.map((operation) => {
    const route = module.routes.get(operation.name);
    const http = route ? `\`${route.method} ${route.path}\`` : 'none';
    return `| [${operation.name}](#${operation.name.toLowerCase()}) | ${operation.kind} | ${http} |`;
  });
  return ['| operation | kind | HTTP |', '| --- | --- | --- |', ...rows].join('\n');
}

function operationSection(module: DocumentedModule, operation: Operation, shown: Map<string, string>): string[] {
  const { name, kind, input, output, errors, external, permission, id } = operation;
  const route = module.routes.get(name);
  const served = route ? ` at \`${route.method} ${route.path}\`, which answers ${route.status}` : '';
  const part = (title: string, schema: z.ZodType) =>
    `**${title}.**${once(schemaOf(schema, id), shown, `the ${title.toLowerCase()} of [${name}](#${name.toLowerCase()})`)}`;
  return [
    `### ${name}`,
    module.comments.get(name) ?? '',
    `A ${kind}${external ? ' that acts outside the database' : ''}${served}.${permission === undefined ? '' : ` It asks for the permission \`${permission}\`.`}`,
    input === undefined ? '' : part('Input', input),
    output === undefined ? '' : part('Output', output),
    errors.length === 0 ? '' : `**Errors.** ${errors.map((error) => errorLink(module, error)).join(', ')}.`,
  ];
}

/** Fewer rows are shorter than a hint where they stand. */
const WORTH_A_HINT = 5;

/** A large schema that stands on the page already is not repeated. */
function once(schema: Schema, shown: Map<string, string>, name: string): string {
  const key = JSON.stringify(schema);
  const earlier = shown.get(key);
  if (earlier !== undefined) return ` The same as ${earlier}.`;
  const table = fieldTable(schema);
  if (!table.startsWith('|')) return ` ${table}`;
  if (table.split('\n').length >= WORTH_A_HINT + 2) shown.set(key, name);
  return `\n\n${table}`;
}

function errorLink({ name }: DocumentedModule, error: ErrorClass): string {
  const module = moduleOf(error.code);
  return `[${error.name}](${module === name ? '' : `${module}.md`}#${anchorOf(error)}) (${statusOf(error.kind)})`;
}

function errorSection({ comments }: DocumentedModule, error: ErrorClass): string[] {
  const fields = schemaOf(error.fields, error.code);
  return [
    `### ${error.name}`,
    comments.get(error.name) ?? '',
    `\`${error.code}\`, ${error.kind}: ${statusOf(error.kind)} over HTTP.`,
    fieldTable(fields),
  ];
}

function eventSection({ comments }: DocumentedModule, event: EventType): string[] {
  return [
    `### ${event.name}`,
    comments.get(event.name) ?? '',
    `\`${event.id}\``,
    fieldTable(schemaOf(event.data, event.id)),
  ];
}

function schemaOf(schema: unknown, where: string): Schema {
  return wireSchema(schema as z.ZodType, where) as Schema;
}

function moduleOf(code: string): string {
  return code.split('.', 1)[0]!;
}

function nameOf(packageName: string): string {
  return packageName.split('/').at(-1)!;
}

/** `gift-cards` → `GiftCards` */
function classOf(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, _dash, letter: string) => letter.toUpperCase());
}
