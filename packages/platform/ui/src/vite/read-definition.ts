import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkDefinition, InvalidUiDefinition, type UiDefinition } from '@macrolith/ui/manifest';
import { runnerImport } from 'vite';

/** Reads and checks the default export of `ui/manifest.ts`. */
export async function readDefinition(file: string): Promise<UiDefinition> {
  if (!existsSync(file)) {
    throw new InvalidUiDefinition(file, [
      'The file is missing: write it with `export default defineUi({ module: … })` from @macrolith/ui/manifest.',
    ]);
  }
  const { module } = await runnerImport<{ default?: UiDefinition }>(file, {
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@macrolith/ui/manifest': manifestPackage() } },
  });
  const definition = module.default;
  if (definition?.module === undefined) {
    throw new InvalidUiDefinition(file, ['Its default export is not made by defineUi({ module: … }).']);
  }
  const problems = checkDefinition(definition);
  if (problems.length > 0) throw new InvalidUiDefinition(definition.module, problems);
  return definition;
}

/** The very copy that this build tool belongs to, whatever the module's folder would resolve. */
function manifestPackage(): string {
  return fileURLToPath(import.meta.resolve('@macrolith/ui/manifest'));
}
