import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModuleName } from './module-name.js';

/** One file of a new module. */
export interface TemplateFile {
  /** Relative to the module's folder, with forward slashes. */
  readonly path: string;
  readonly content: string;
}

export interface TemplateValues {
  readonly name: ModuleName;
  readonly owner: string;
  /** e.g. `@macrolith` */
  readonly scope: string;
  /** When the module is made: names its first migration. */
  readonly now: Date;
}

const TEMPLATE = fileURLToPath(new URL('../../templates/module', import.meta.url));

/** The files of the template, with names and contents filled in. */
export function moduleFiles(values: TemplateValues): TemplateFile[] {
  const replacements = placeholders(values);
  const fill = (text: string) =>
    Object.entries(replacements).reduce((filled, [placeholder, value]) => filled.replaceAll(placeholder, value), text);
  return readdirSync(TEMPLATE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({
      path: fill(path.relative(TEMPLATE, file).replaceAll(path.sep, '/')),
      content: fill(readFileSync(file, 'utf8')),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function placeholders({ name, owner, scope, now }: TemplateValues): Record<string, string> {
  return {
    __name__: name.kebab,
    __Name__: name.pascal,
    __camelName__: name.camel,
    __schema__: name.snake,
    __Title__: name.title,
    __owner__: owner,
    __scope__: scope,
    __timestamp__: String(now.getTime()),
  };
}
