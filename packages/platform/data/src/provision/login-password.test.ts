import { describe, expect, test } from '@jest/globals';
import { loginPassword, scramVerifier } from './login-password.js';

describe('The login role’s password', () => {
  test('is the same for every process that knows the deployment’s password, per database', () => {
    expect(loginPassword('secret', 'shop')).toBe(loginPassword('secret', 'shop'));
    expect(loginPassword('secret', 'shop')).not.toBe(loginPassword('secret', 'shop_test'));
    expect(loginPassword('secret', 'shop')).not.toBe(loginPassword('another', 'shop'));
    expect(loginPassword('secret', 'shop')).not.toContain('secret');
  });

  test('is none where the deployment has none: it could be guessed', () => {
    expect(loginPassword(undefined, 'shop')).toBeUndefined();
  });

  test('is stored as PostgreSQL stores it, for the password and salt of RFC 7677, section 3', () => {
    const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
    expect(scramVerifier('pencil', salt)).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    );
  });
});
