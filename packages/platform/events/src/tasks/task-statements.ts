/** $1 id, $2 who, $3 why. Answers a row if the task has not been begun and now never will be. */
export function cancelStatement(schema: string): string {
  return `WITH cancelled AS (
      UPDATE ${schema}.delivery AS delivery SET state = 'discarded', closed_at = now()
      FROM ${schema}.outbox AS message
      WHERE message.id = $1 AND message.kind = 'task' AND delivery.position = message.position
        AND delivery.state = 'open' AND delivery.attempts = 0 AND delivery.leased_until IS NULL
      RETURNING delivery.position, message.id, delivery.consumer
    )
    INSERT INTO ${schema}.intervention (position, message_id, consumer, action, who, why)
    SELECT position, id, consumer, 'cancel', $2, $3 FROM cancelled`;
}

/** $1 id. */
export function stateStatement(schema: string): string {
  return `SELECT delivery.state FROM ${schema}.outbox AS message JOIN ${schema}.delivery AS delivery USING (position)
    WHERE message.id = $1 AND message.kind = 'task'`;
}
