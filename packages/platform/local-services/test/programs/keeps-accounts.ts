/** Moves one coin from one account to the other, again and again, until it is told to end. */
import pg from 'pg';

const client = new pg.Client(process.env.DATABASE_URL);
await client.connect();
process.send?.({ ready: 'at work' });
process.on('message', () => process.exit(0));
for (let nth = 1; ; nth += 1) {
  await client.query('BEGIN');
  await client.query(`UPDATE account SET coins = coins - 1 WHERE name = $1`, ['ada']);
  await client.query({
    name: 'receive',
    text: 'UPDATE account SET coins = coins + 1 WHERE name = $1',
    values: ['ben'],
  });
  await client.query('COMMIT');
  await client.query('INSERT INTO note (nth) VALUES ($1)', [nth]);
}
