import type { BootModuleOptions } from './boot-module.js';
import type { WireAccess } from './wire.js';

type Options = Required<Pick<BootModuleOptions, 'workflows' | 'checks' | 'events' | 'runs' | 'logger'>>;

/** What a process is told that boots modules for a test: over IPC, so that all of it is JSON. */
export interface ModuleOrder extends Options {
  /** The names of the modules. */
  readonly modules: readonly string[];
  /** The URL of the file that exports them. Default: `/local` of the package in whose folder the process runs. */
  readonly file?: string | undefined;
  /** The names of the ports that they use and that answer elsewhere. */
  readonly remotePorts: readonly string[];
  readonly databaseUrl: string;
  readonly wire: WireAccess;
}
