import type { SourceFile } from '../workspace/source-file.js';

/** A stretch of SQL, with where it is written. */
interface Piece {
  readonly text: string;
  readonly file: SourceFile;
  /** Where the stretch begins in the file, in UTF-16 code units. */
  readonly offset: number;
  /** Whether the file holds the text letter by letter: no escape sequence, no value of something else. */
  readonly exact: boolean;
}

export interface SourcePlace {
  readonly file: SourceFile;
  readonly offset: number;
}

/** SQL put together from constants, that still knows where each letter of it is written. Immutable. */
export class SqlText {
  private constructor(private readonly pieces: readonly Piece[]) {}

  static of(text: string, file: SourceFile, offset: number, exact: boolean): SqlText {
    return new SqlText([{ text, file, offset, exact }]);
  }

  static join(parts: readonly SqlText[]): SqlText {
    return new SqlText(parts.flatMap(({ pieces }) => pieces));
  }

  get text(): string {
    return this.pieces.map(({ text }) => text).join('');
  }

  /** Where the letter at `offset` of the text is written, or at least the literal that holds it. */
  placeOf(offset: number): SourcePlace {
    let begin = 0;
    for (const piece of this.pieces) {
      const end = begin + piece.text.length;
      if (offset < end) return { file: piece.file, offset: piece.offset + (piece.exact ? offset - begin : 0) };
      begin = end;
    }
    const last = this.pieces.at(-1)!;
    return { file: last.file, offset: last.offset };
  }
}
