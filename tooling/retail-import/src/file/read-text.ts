import { readFileSync } from 'node:fs';
import { ImportProblem } from '../import-problem.js';

/** A text file in UTF-8, or else in the Latin-1 of old spreadsheets, where every byte is a character. */
export function readText(file: string): string {
  const bytes = readBytes(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new ImportProblem(`There is no file ${file}. Give the path of the CSV file.`);
    if (code === 'EISDIR') throw new ImportProblem(`${file} is a folder. Give the path of the CSV file.`);
    throw new ImportProblem(`${file} cannot be read: ${message}.`);
  }
}
