import type { UserConfig } from 'vite';

/** What every browser build of the platform has in common: hashed names, small files, no code that a strict CSP forbids. */
export function assetBuild(outDir: string): UserConfig {
  return {
    base: './',
    publicDir: false,
    logLevel: 'warn',
    oxc: { decorator: { legacy: true }, assumptions: { setPublicClassFields: true } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      minify: true,
      sourcemap: true,
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        preserveEntrySignatures: 'strict',
        output: {
          format: 'es',
          entryFileNames: '[name]-[hash].js',
          chunkFileNames: '[name]-[hash].js',
          assetFileNames: '[name]-[hash][extname]',
        },
      },
    },
  };
}
