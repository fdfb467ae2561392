/** What was asked cannot be done as asked. The command prints the sentence alone and ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
