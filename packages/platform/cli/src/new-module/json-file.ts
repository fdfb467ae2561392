import { readFileSync } from 'node:fs';
import { UsageError } from '../usage-error.js';

/** A file and what shall stand in it. */
export interface FileChange {
  readonly file: string;
  readonly content: string;
}

/** The list of project references of a tsconfig file: what stands before its entries, the entries, and what closes it. */
const REFERENCES = /("references"\s*:\s*\[)([^\]]*?)(\s*\])/;

/**
 * Adds a TypeScript project to the references of a tsconfig file, unless it is there. The rest of the file keeps its form,
 * comments included.
 * @throws UsageError when the file has no list of references
 */
export function withReference(file: string, path: string): FileChange {
  const text = readFileSync(file, 'utf8');
  if (text.includes(`"${path}"`)) return { file, content: text };
  const [, , entries] = text.match(REFERENCES) ?? [];
  if (entries === undefined) throw new UsageError(`${file} has no list of "references" to add ${path} to.`);

  const added = /\{\s*\n/.test(entries) ? `{\n      "path": "${path}"\n    }` : `{ "path": "${path}" }`;
  const separator = entries.trim() === '' ? '\n    ' : ',\n    ';
  const closing = entries.trim() === '' ? '\n  ]' : '$3';
  return { file, content: text.replace(REFERENCES, `$1${entries}${separator}${added}${closing}`) };
}

/** Adds a dependency to a package.json, in alphabetical order. */
export function withDependency(file: string, name: string, range: string): FileChange {
  const content = JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: Record<string, string> };
  const entries = Object.entries({ ...content.dependencies, [name]: range });
  const dependencies = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  return { file, content: `${JSON.stringify({ ...content, dependencies }, null, 2)}\n` };
}
