/** The Jest preset of every package: TypeScript through swc, ESM, sources of workspace packages instead of their builds. */
import { fileURLToPath } from 'node:url';

/** @type {import('jest').Config} */
export default {
  testEnvironment: fileURLToPath(new URL('./realm/environment.js', import.meta.url)),
  runtime: fileURLToPath(new URL('./realm/runtime.js', import.meta.url)),
  testMatch: ['<rootDir>/{src,test}/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['@macrolith/source', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  setupFiles: [fileURLToPath(new URL('./realm/setup.js', import.meta.url))],
  reporters: ['default', fileURLToPath(new URL('./summary-reporter.js', import.meta.url))],
  testTimeout: 300_000,
  transform: {
    '^.+\\.ts$': [
      fileURLToPath(import.meta.resolve('@swc/jest')),
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
          target: 'es2023',
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
