/** The import cannot go on. The message is one sentence for the person at the terminal. */
export class ImportProblem extends Error {
  override readonly name = 'ImportProblem';
}
