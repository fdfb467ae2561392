/** The Jest preset of every package: TypeScript through swc, ESM, sources of workspace packages instead of their builds. */
import { fileURLToPath } from 'node:url';

/** @type {import('jest').Config} */
export default {
  // One for all packages: what Jest keeps of compiled sources, it keeps by this name.
  id: 'macrolith',
  testEnvironment: fileURLToPath(new URL('./realm/environment.js', import.meta.url)),
  runtime: fileURLToPath(new URL('./realm/runtime.js', import.meta.url)),
  testMatch: ['<rootDir>/{src,test}/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['@macrolith/source', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  setupFiles: ['./realm/setup.js', './programs-of-tests.js'].map((file) =>
    fileURLToPath(new URL(file, import.meta.url)),
  ),
  reporters: ['default', fileURLToPath(new URL('./summary-reporter.js', import.meta.url))],
  testTimeout: 300_000,
  transform: { '^.+\\.ts$': fileURLToPath(new URL('./transform.js', import.meta.url)) },
};
