/** What was asked cannot be done as asked. The command prints the sentence alone and ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was asked is not possible as asked. */
export const EXIT_USAGE = 2;
