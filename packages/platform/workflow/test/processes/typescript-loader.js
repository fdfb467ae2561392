// Lets a plain Node process run the sources that Jest runs: TypeScript with decorators, through the same compiler.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const { transformSync } = createRequire(import.meta.resolve('@macrolith/jest'))('@swc/core');
const COMPILER = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
    target: 'es2023',
    keepClassNames: true,
  },
  module: { type: 'es6' },
};

registerHooks({
  resolve(specifier, context, next) {
    const isOfSource = /^\..*\.js$/.test(specifier) && context.parentURL?.endsWith('.ts');
    const source = isOfSource ? new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL) : undefined;
    return next(source !== undefined && existsSync(source) ? source.href : specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const source = transformSync(readFileSync(fileURLToPath(url), 'utf8'), { ...COMPILER, filename: url }).code;
    return { format: 'module', source, shortCircuit: true };
  },
});
