import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** The doc comments of an index and of the files that it exports from, by name; the index's own come first. */
export function publicComments(index: string): Map<string, string> {
  const source = readFileSync(index, 'utf8');
  const comments = exportedFiles(source).map((file) => publicComments(join(dirname(index), file)));
  return new Map([...comments.flatMap((each) => [...each]), ...docComments(source)]);
}

/** As in `./order.ts`, for `export … from './order.js'` and `export * from './order.js'`. */
function exportedFiles(source: string): string[] {
  const { program } = parseSync('index.ts', source);
  const files = program.body.flatMap((statement) => {
    const isExport = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportAllDeclaration';
    return isExport && statement.source !== null ? [statement.source.value] : [];
  });
  return [...new Set(files)].filter((file) => file.startsWith('./')).map((file) => file.replace(/\.js$/, '.ts'));
}

/** The doc comments of a source, by the name of the class, operation or event that they stand before. */
export function docComments(source: string): Map<string, string> {
  const { program, comments } = parseSync('index.ts', source);
  const blocks = comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'));
  const found = new Map<string, string>();
  const keep = (name: string, start: number) => {
    const block = blocks.findLast(({ end }) => end <= start && source.slice(end, start).trim() === '');
    if (block !== undefined) found.set(name, textOf(block.value));
  };
  new Visitor({
    Property: ({ key, start }) => {
      if (key.type === 'Identifier') keep(key.name, start);
    },
    ExportNamedDeclaration: ({ declaration, start }) => {
      if (declaration?.type === 'ClassDeclaration' && declaration.id) keep(declaration.id.name, start);
    },
  }).visit(program);
  return found;
}

/** The comment's words, without its stars. */
function textOf(comment: string): string {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*+\s?/, '').trim())
    .join(' ')
    .trim();
}
