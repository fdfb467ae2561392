const INITIAL_BYTES = 16_384;
const MOST_BYTES_PER_CHARACTER = 3;

/**
 * Writes messages of the PostgreSQL protocol one behind the other, to be sent in one piece. It is used again and
 * again, by one message group at a time.
 */
export class MessageWriter {
  private bytes = Buffer.allocUnsafe(INITIAL_BYTES);
  private end = 0;
  private lengthAt = 0;

  /** Begins a message of the type with this ASCII code. */
  begin(type: number): void {
    this.reserve(5);
    this.bytes[this.end] = type;
    this.lengthAt = this.end + 1;
    this.end += 5;
  }

  /** Ends the message: its length counts itself and not the type. */
  finish(): void {
    this.bytes.writeInt32BE(this.end - this.lengthAt, this.lengthAt);
  }

  int16(value: number): void {
    this.reserve(2);
    this.end = this.bytes.writeInt16BE(value, this.end);
  }

  /** Text that ends with a zero byte. */
  cString(text: string): void {
    this.reserve(text.length * MOST_BYTES_PER_CHARACTER + 1);
    this.end += this.bytes.write(text, this.end, 'utf8');
    this.bytes[this.end] = 0;
    this.end += 1;
  }

  /** A parameter: its length in bytes, -1 for null, and its bytes. */
  parameter(value: string | Buffer | null): void {
    if (value === null) {
      this.reserve(4);
      this.end = this.bytes.writeInt32BE(-1, this.end);
      return;
    }
    this.reserve(4 + (typeof value === 'string' ? value.length * MOST_BYTES_PER_CHARACTER : value.length));
    const start = this.end + 4;
    const length = typeof value === 'string' ? this.bytes.write(value, start, 'utf8') : value.copy(this.bytes, start);
    this.bytes.writeInt32BE(length, this.end);
    this.end = start + length;
  }

  /** Whole messages that were made before. */
  append(messages: Buffer): void {
    this.reserve(messages.length);
    this.end += messages.copy(this.bytes, this.end);
  }

  /** Hands out everything that was written, and starts anew. */
  take(): Buffer {
    const written = Buffer.allocUnsafe(this.end);
    this.bytes.copy(written, 0, 0, this.end);
    this.end = 0;
    if (this.bytes.length > INITIAL_BYTES) this.bytes = Buffer.allocUnsafe(INITIAL_BYTES);
    return written;
  }

  private reserve(bytes: number): void {
    if (this.end + bytes <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.end + bytes));
    this.bytes.copy(larger, 0, 0, this.end);
    this.bytes = larger;
  }
}
