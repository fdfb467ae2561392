import { EventOperations, type LogDatabase, logsOfDatabase } from '@macrolith/events/operations';
import type { TestDatabase } from '@macrolith/local-services';
import pg from 'pg';

/** What a command at the terminal has: a connection of the deployer's, and no shell. */
export class DirectConnection {
  private constructor(
    private readonly client: pg.Client,
    readonly operations: EventOperations,
  ) {}

  static async open({ url }: TestDatabase): Promise<DirectConnection> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    let turn: Promise<unknown> = Promise.resolve();
    const asRole = (role: string): LogDatabase => ({
      query: (text, values) => {
        const answer = turn.then(async () => {
          await client.query(`SET ROLE ${pg.escapeIdentifier(role)}`);
          return (await client.query(text, values as unknown[])) as never;
        });
        turn = answer.catch(() => {});
        return answer;
      },
    });
    const plain: LogDatabase = {
      query: async (text, values) => (await client.query(text, values as unknown[])) as never,
    };
    return new DirectConnection(client, new EventOperations(await logsOfDatabase(plain, asRole)));
  }

  close(): Promise<void> {
    return this.client.end();
  }
}
