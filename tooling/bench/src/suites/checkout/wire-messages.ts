/**
 * Cuts one direction of a PostgreSQL conversation into messages.
 * Formats: https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class WireMessages {
  private buffered: Buffer = Buffer.alloc(0);

  /** @param awaitsStartup the client's first message has a length and no type */
  constructor(private awaitsStartup: boolean) {}

  /** The types of the messages that `chunk` completes. */
  push(chunk: Buffer): string[] {
    this.buffered = this.buffered.length === 0 ? chunk : Buffer.concat([this.buffered, chunk]);
    const types: string[] = [];
    for (let type = this.next(); type !== undefined; type = this.next()) types.push(type);
    return types;
  }

  private next(): string | undefined {
    const lengthAt = this.awaitsStartup ? 0 : 1;
    if (this.buffered.length < lengthAt + 4) return undefined;
    // The length counts itself and not the type.
    const end = lengthAt + this.buffered.readInt32BE(lengthAt);
    if (this.buffered.length < end) return undefined;
    const type = this.awaitsStartup ? 'startup' : String.fromCharCode(this.buffered[0]!);
    this.awaitsStartup = false;
    this.buffered = this.buffered.subarray(end);
    return type;
  }
}
