import { PlatformError } from '../platform-error.js';

/** Nobody knows who wants it done: nothing says so, or what says so cannot be believed. The message is meant for whoever asked. */
export class Unauthenticated extends PlatformError {
  readonly code = 'macrolith.unauthenticated';
}

/** Whoever wants it done is known, and may not. */
export class PermissionDenied extends PlatformError {
  readonly code = 'macrolith.permission-denied';
  readonly kind = 'denied';
  constructor(
    /** As in `inventory.receive`. */
    readonly operation: string,
    /** What would be needed. */
    readonly permission: string,
  ) {
    super(
      `${operation} asks for the permission '${permission}', which you do not have. Ask whoever gives out permissions.`,
    );
  }
}
