import { describe, expect, test } from '@jest/globals';
import { transactionCommandOf } from './transaction-command.js';

describe('transactionCommandOf', () => {
  test.each([
    ['START TRANSACTION', 'begin'],
    ['begin', 'begin'],
    ['SAVEPOINT typeorm_1', 'savepoint'],
    ['RELEASE SAVEPOINT typeorm_1', 'release'],
    ['ROLLBACK TO SAVEPOINT typeorm_1', 'rollback-to'],
    ['rollback work to typeorm_1', 'rollback-to'],
    ['COMMIT', 'commit'],
    ['end', 'commit'],
    ['ROLLBACK', 'rollback'],
    ['ABORT', 'rollback'],
    ['-- a comment\n /* and /* another */ */ COMMIT', 'commit'],
  ])('knows %s', (text, kind) => {
    expect(transactionCommandOf(text)).toEqual({ kind });
  });

  test('knows the isolation level', () => {
    expect(transactionCommandOf('SET TRANSACTION ISOLATION LEVEL repeatable  read')).toEqual({
      kind: 'isolation',
      level: 'REPEATABLE READ',
    });
  });

  test.each(['SELECT 1', 'beginning', 'INSERT INTO commit VALUES (1)', "SELECT 'COMMIT'", '', '/* unclosed', '--'])(
    'takes %j for none',
    (text) => {
      expect(transactionCommandOf(text)).toBeUndefined();
    },
  );
});
