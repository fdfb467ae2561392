import type { Manifest } from '@macrolith/core';
import type { ProjectionStatus } from './projection-status.js';

/** Keeps projections up. Which one is installed decides where their events come from. */
export abstract class ProjectionHost {
  /** @throws UnknownProjection */
  abstract status(module: string, projection: string): Promise<ProjectionStatus>;
  /** @throws UnknownProjection, RebuildWouldForget */
  abstract rebuild(module: string, projection: string): Promise<void>;
}

/** The projections of the module that injects it. */
export class Projections {
  constructor(
    private readonly manifest: Manifest,
    private readonly host: ProjectionHost,
  ) {}

  /** How far it has come. @throws UnknownProjection */
  status(projection: string): Promise<ProjectionStatus> {
    return this.host.status(this.manifest.name, projection);
  }

  /**
   * Starts to build it anew from the logs, beside the generation that answers; once that has caught up, it answers instead.
   * While one is being built, this starts no other. Answers how far it has come.
   *
   * @throws UnknownProjection
   * @throws RebuildWouldForget when the log does not reach back as far as what answers now
   */
  async rebuild(projection: string): Promise<ProjectionStatus> {
    await this.host.rebuild(this.manifest.name, projection);
    return this.status(projection);
  }
}
