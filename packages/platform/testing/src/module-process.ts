import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ending, type RunningProgram, startProgram } from '@macrolith/local-services';
import type { SaidEvent } from './hear.js';
import type { ModuleOrder } from './module-order.js';

/** The same program, built or not. */
const PROGRAM = fileURLToPath(new URL(`./module-program${extname(import.meta.url)}`, import.meta.url));

/** Set by the Jest preset: options of Node by which a program runs from the sources that the test runs from. */
const NODE_OPTIONS_VARIABLE = 'MACROLITH_TEST_NODE_OPTIONS';

/** What the process says when an event was heard, or why not. */
export interface Heard {
  readonly heard: number;
  readonly failure?: string;
}

/** The process of the modules is gone, and was to hear an event. */
export class ModuleProcessGone extends Error {
  override readonly name = 'ModuleProcessGone';
  constructor(readonly messageId: string) {
    super(`The process of the modules is gone, so nobody says whether the event ${messageId} was heard.`);
  }
}

interface Hearing {
  readonly messageId: string;
  resolve(): void;
  reject(error: Error): void;
}

/** A process in which modules of a test run. The errors that it logs are written to standard error of the test. */
export class ModuleProcess {
  /** Resolves when the modules answer. Rejects with `EndedBeforeReady`, which holds the log. */
  readonly ready: Promise<void>;
  private readonly program: RunningProgram;
  private readonly hearing = new Map<number, Hearing>();
  private heardSoFar = 0;
  private state: 'starting' | 'serves' | 'gone' = 'starting';

  /** Starts it. */
  constructor(order: ModuleOrder) {
    this.program = startProgram({
      file: PROGRAM,
      nodeOptions: (process.env[NODE_OPTIONS_VARIABLE] ?? '').split(' ').filter((option) => option !== ''),
      onErrors: (text) => {
        if (this.state !== 'starting') process.stderr.write(text);
      },
      onMessage: (message) => this.heard(message as Heard),
    });
    this.program.tell({ order });
    this.ready = this.program.ready.then(() => {
      this.state = 'serves';
    });
    // It may end before anybody waits.
    this.ready.catch(() => {});
    const giveUp = () => this.giveUp();
    this.program.ended.then(giveUp, giveUp);
  }

  get pid(): number {
    return this.program.pid;
  }

  /**
   * Lets subscribers in it hear an event.
   *
   * @throws ModuleProcessGone
   */
  async hear(said: SaidEvent): Promise<void> {
    const { messageId } = said;
    if (this.state === 'gone') throw new ModuleProcessGone(messageId);
    this.heardSoFar += 1;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.hearing.set(this.heardSoFar, { messageId, resolve, reject });
    this.program.tell({ hear: said, number: this.heardSoFar });
    await promise;
  }

  /** Ends it in good order. Resolves when it is gone, also if it was before. */
  stop(): Promise<Ending> {
    return this.program.stop();
  }

  /** Ends it by SIGKILL, without a chance to tidy up. */
  kill(): Promise<Ending> {
    return this.program.kill();
  }

  private heard({ heard, failure }: Heard): void {
    const hearing = this.hearing.get(heard);
    this.hearing.delete(heard);
    if (failure === undefined) hearing?.resolve();
    else hearing?.reject(new Error(failure));
  }

  private giveUp(): void {
    this.state = 'gone';
    for (const { messageId, reject } of this.hearing.values()) reject(new ModuleProcessGone(messageId));
    this.hearing.clear();
  }
}
