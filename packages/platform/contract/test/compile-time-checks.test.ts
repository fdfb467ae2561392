import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const folder = fileURLToPath(new URL('..', import.meta.url));
const tsc = join(folder, 'node_modules/typescript/bin/tsc');

/** What the compiler says about a project. */
async function compilerOutput(project: string, ...options: string[]): Promise<string> {
  const run = promisify(execFile)(process.execPath, [tsc, '-p', project, ...options], { cwd: folder });
  const { stdout } = await run.catch((failure: { stdout: string }) => failure);
  return stdout;
}

/** One port of 20 operations, and a provider and a consumer for each operation. */
function portSource(port: string): string {
  const names = Array.from({ length: 20 }, (_, index) => `operation${index}`);
  return `
    import { command, defineError, type InputOf, instant, Money, type OutputOf, Port, z } from '${folder}src/index.js';
    class Refused extends defineError('${port}.refused', { id: z.string() }, (error) => error.id) {}
    export abstract class ${port} extends Port({ name: '${port}', version: '1.0.0', operations: {
      ${names
        .map(
          (name, index) => `${name}: command({
            input: z.object({ id${index}: z.string(), at: instant(), lines: z.array(z.object({ price: Money })) }),
            output: z.object({ result${index}: z.object({ price: Money, at: instant().optional() }) }),
            errors: [Refused],
          }),`,
        )
        .join('\n')}
    } }) {}
    export class Service implements ${port} {
      ${names
        .map(
          (
            name,
            index,
          ) => `async ${name}({ lines }: InputOf<${port}['${name}']>): Promise<OutputOf<${port}['${name}']>> {
            return { result${index}: { price: lines[0]!.price } };
          }`,
        )
        .join('\n')}
    }`;
}

describe('The compiler', () => {
  it('accepts and refuses what test/compile-time-checks.ts says', async () => {
    expect(await compilerOutput('tsconfig.test.json')).toBe('');
  });

  it('checks 320 operations and their providers with little work', async () => {
    const project = await mkdtemp(join(tmpdir(), 'macrolith-contract-'));
    try {
      for (let port = 0; port < 16; port++) await writeFile(join(project, `port${port}.ts`), portSource(`port${port}`));
      const options = {
        extends: `${folder}tsconfig.test.json`,
        compilerOptions: { rootDir: '/', typeRoots: [`${folder}node_modules/@types`] },
        include: ['.'],
      };
      await writeFile(join(project, 'package.json'), '{ "type": "module" }');
      await writeFile(join(project, 'tsconfig.json'), JSON.stringify(options));
      const output = await compilerOutput(project, '--extendedDiagnostics');
      const instantiations = Number(/Instantiations:\s+(\d+)/.exec(output)?.[1]);
      expect(output).not.toMatch(/error TS/);
      // Counted, because time depends on the machine. 1.8 million take two seconds on two slow cores, half of it in zod.
      expect(instantiations).toBeLessThan(2_500_000);
    } finally {
      await rm(project, { recursive: true });
    }
  });
});
