/** Why a command cannot go on: one sentence for the person at the terminal, and nothing else. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** A program that was started has said already why it failed. Nothing is added to it. */
export class FailureShown extends Error {
  override readonly name = 'FailureShown';
}
