import { PlatformError } from '@macrolith/core';

/** The other database of a handover. */
export interface HandoverPeer {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

function placeText({ host, port, database }: HandoverPeer): string {
  return `${host}:${port}/${database}`;
}

/** The module has moved to another database: what is left here is old, and nobody may change it. */
export class ModuleHandedOver extends PlatformError {
  readonly code = 'macrolith.module-handed-over';
  constructor(
    readonly module: string,
    readonly database: string,
    readonly to: HandoverPeer,
  ) {
    super(
      `Module '${module}' has been handed over from the database '${database}' to ${placeText(to)}; what is left of it here is old. ` +
        `Set DATABASE_URL of a process that hosts it to that database. A shell must not host it any more: import its '/remote'.`,
    );
  }
}

/** The module is on its way to this database and has not been switched over yet. */
export class ModuleArriving extends PlatformError {
  readonly code = 'macrolith.module-arriving';
  constructor(
    readonly module: string,
    readonly database: string,
    readonly from: HandoverPeer,
  ) {
    super(
      `Module '${module}' is still being handed over to the database '${database}' from ${placeText(from)}. ` +
        `Start this process again when macro handover ${module} says that the module lives here.`,
    );
  }
}
