import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/** Compiled once for the hundreds of processes that tests start: the compiler alone takes a tenth of a second to load. */
const FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/macrolith/typescript/', import.meta.url));

const OPTIONS = {
  sourceMaps: 'inline',
  swcrc: false,
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
    target: 'es2024',
    keepClassNames: true,
  },
  module: { type: 'es6' },
};

/** The JavaScript of a TypeScript file, from an earlier time if there was one. */
export function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const kept = join(FOLDER, `${keyOf(filename, source)}.js`);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const code = compile(filename, source);
    keep(kept, code);
    return code;
  }
}

/** The JavaScript of a TypeScript source, with its map. */
export function compile(filename, source) {
  return require('@swc/core').transformSync(source, { filename, ...OPTIONS }).code;
}

/** The same for the same source, compiler and options. */
export function keyOf(filename, source) {
  return createHash('sha1').update(COMPILER).update(filename).update('\0').update(source).digest('hex');
}

const COMPILER = JSON.stringify([require('@swc/core/package.json').version, OPTIONS]);

/** Complete or not at all: other processes read it. What cannot be kept is compiled again. */
function keep(file, code) {
  const half = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(half, code);
    renameSync(half, file);
  } catch {}
}
