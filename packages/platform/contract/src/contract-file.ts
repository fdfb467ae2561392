import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { canonicalJson } from './canonical-json.js';
import { type AnyPort, isPort } from './port.js';
import { snapshot } from './snapshot.js';

/**
 * Writes `contract.json` of the built package in `folder`.
 *
 * @returns the exit code: 0, or 1 after one sentence on stderr
 */
export async function writeContractFile(folder: string): Promise<number> {
  try {
    const port = await publicPort(folder);
    await writeFile(join(folder, 'contract.json'), canonicalJson(snapshot(port.contract)));
    return 0;
  } catch (error) {
    process.stderr.write(`macrolith-contract: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

/** A private port (`orders.order-book`) is nobody else's business, and stays out of the file. */
async function publicPort(folder: string): Promise<AnyPort> {
  const exported = Object.values(await builtIndex(folder));
  const ports = [...new Set(exported.filter(isPort))].filter(({ contract }) => contract.name === contract.module);
  const [port, another] = ports;
  if (port === undefined) {
    throw new Error(
      `${join(folder, 'dist/index.js')} exports no public port: export the class that extends Port({…}).`,
    );
  }
  if (another !== undefined) {
    throw new Error(
      `${join(folder, 'dist/index.js')} exports the ports of '${port.contract.name}' and '${another.contract.name}': ` +
        'a package has one public port, and a private one is named module.port.',
    );
  }
  return port;
}

async function builtIndex(folder: string): Promise<Record<string, unknown>> {
  const index = join(folder, 'dist/index.js');
  if (!existsSync(index))
    throw new Error(`${index} does not exist: build the package first, and run this in its folder.`);
  try {
    return await import(pathToFileURL(index).href);
  } catch (error) {
    throw new Error(`${index} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
