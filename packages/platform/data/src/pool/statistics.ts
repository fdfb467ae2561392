/** What went over the wire since the database was opened. Counts only grow. */
export interface DatabaseStatistics {
  /** Statements of modules and of the platform's own tables. */
  readonly statements: number;
  /** BEGIN, SAVEPOINT, SET LOCAL ROLE and the like, sent in front of statements. COMMIT and ROLLBACK are among them. */
  readonly controlStatements: number;
  /** How often something was sent while nothing was under way on the connection: the waits on the network. */
  readonly roundTrips: number;
}

export class StatisticsCounter implements DatabaseStatistics {
  statements = 0;
  controlStatements = 0;
  roundTrips = 0;
}
