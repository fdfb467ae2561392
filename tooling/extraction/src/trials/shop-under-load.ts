import { furnish } from '../load/furniture.js';
import { Load, type LoadOutcome } from '../load/load.js';
import { Tap } from '../load/tap.js';
import { type RunningProcess, startMacroservice, startShellWithTally } from '../stage/processes.js';
import { Stage } from '../stage/stage.js';

/** What the two macroservices host, both the same. */
const HOSTED = ['tally', 'inventory', 'payments'];

/** How many callers there are: of queries, as many of commands, and of orders. */
export interface Crowd {
  readonly askers: number;
  readonly orderers: number;
}

/**
 * A shell that calls three modules where they run, two macroservices that host them, and callers without a pause. Whatever is done to
 * the macroservices and to NATS, the shell stays the same process.
 */
export class ShopUnderLoad implements AsyncDisposable {
  private constructor(
    readonly stage: Stage,
    readonly shell: RunningProcess,
    /** What is sent over NATS. */
    readonly tap: Tap,
    readonly hosts: RunningProcess[],
  ) {}

  static async open(): Promise<ShopUnderLoad> {
    const stage = await Stage.set();
    const tap = await Tap.on(stage.nats.url);
    const host = () => stage.started(startMacroservice(stage.surroundings, HOSTED));
    // One after the other: the first one makes the tables.
    const hosts = [await host(), await host()];
    const remote = HOSTED.filter((module) => module !== 'tally');
    const shell = await stage.started(startShellWithTally(stage.surroundings, remote));
    await furnish(shell.url);
    return new ShopUnderLoad(stage, shell, tap, hosts);
  }

  /** Callers begin to call. `name` begins the names of their calls. */
  begin(name: string, { askers, orderers }: Crowd): Load {
    this.tap.forget();
    const load = new Load(this.shell.url, name);
    load.start(askers, orderers);
    return load;
  }

  /** Puts a new process in the place of one that has ended. */
  async replace(nth: number): Promise<void> {
    this.hosts[nth] = await this.stage.started(startMacroservice(this.stage.surroundings, HOSTED));
  }

  /** Commands that left more or fewer marks than one. `marked` are those that were answered. */
  async actedOtherThanOnce(marked: LoadOutcome['marked']): Promise<readonly string[]> {
    const { rows } = await this.stage.administrator.query<{ call: string; marks: number }>(
      'SELECT call, count(*)::integer AS marks FROM tally.mark GROUP BY call',
    );
    const marks = new Map(rows.map((row) => [row.call, row.marks]));
    const twice = rows.filter((row) => row.marks > 1).map(({ call }) => `${call}, ${marks.get(call)} times`);
    const never = [...marked].filter((call) => !marks.has(call)).map((call) => `${call}, never`);
    return [...twice, ...never];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.tap[Symbol.asyncDispose]();
    await this.stage[Symbol.asyncDispose]();
  }
}
