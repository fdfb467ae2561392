import { PermissionViolationError } from '@nats-io/transport-node';

/** Whether nats-server denied it: the client tells so as it is, or as the cause of a request that had no answer. */
export function isDenied(error: unknown): boolean {
  return error instanceof PermissionViolationError || (error as Error).cause instanceof PermissionViolationError;
}
