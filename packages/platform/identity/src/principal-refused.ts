import { Unauthenticated } from '@macrolith/core';

/** Why a token is not believed. */
export type RefusalReason =
  | 'malformed'
  | 'too-large'
  | 'wrong-algorithm'
  | 'unknown-key'
  | 'forged'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'incomplete';

const SENTENCES: Readonly<Record<RefusalReason, string>> = {
  malformed: 'The token cannot be read. Send it as it was issued.',
  'too-large': 'The token is larger than any that this system believes.',
  'wrong-algorithm': 'The token is not signed in a way that this system believes.',
  'unknown-key': 'The token is signed with a key that this system does not know.',
  forged: 'The signature of the token is wrong.',
  expired: 'The token has expired. Get a new one.',
  'not-yet-valid': 'The token is not valid yet. Compare the clock of whoever issued it.',
  'wrong-issuer': 'The token was issued by somebody whom this system does not believe.',
  'wrong-audience': 'The token was issued for another system.',
  incomplete: 'The token lacks what this system needs to know, or has it in another form.',
};

/** A token that is not believed. Neither the message nor any field holds the token or a part of it. */
export class PrincipalRefused extends Unauthenticated {
  constructor(readonly reason: RefusalReason) {
    super(SENTENCES[reason]);
  }
}
