import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { type Output, Steps } from './steps.ts';

/** A terminal or file that remembers what was written, and a clock that moves only when it is told to. */
class Screen implements Output {
  readonly isTTY: boolean;
  written = '';
  nowMs = 0;

  constructor(isTTY = false) {
    this.isTTY = isTTY;
  }

  write(text: string): void {
    this.written += text;
  }

  get steps(): Steps {
    return new Steps(this, () => this.nowMs);
  }

  get lines(): string[] {
    return stripVTControlCharacters(this.written).split('\n').slice(0, -1);
  }
}

describe('Steps', () => {
  test('take one line when they begin and one when they end, where lines cannot be redrawn', async () => {
    const screen = new Screen();

    await screen.steps.run(
      'Building',
      async () => {
        screen.nowMs = 1234;
        return 7;
      },
      (count) => `Built ${count} packages`,
    );

    expect(screen.lines).toEqual(['  Building …', '✓ Built 7 packages (1.2 s)']);
  });

  test('leave one line in a terminal, whatever happened in between', async () => {
    const screen = new Screen(true);

    await screen.steps.run('Building', async (describe) => {
      describe('3 of 7');
      await new Promise((resolve) => setTimeout(resolve, 250));
    });

    expect(screen.lines).toHaveLength(1);
    expect(screen.written).toContain('Building · 3 of 7');
    expect(screen.written.endsWith('Building (0.0 s)\n')).toBe(true);
  });

  test('mark the step that failed, and pass its error on', async () => {
    const screen = new Screen();
    const failure = new Error('half a thought');

    await expect(screen.steps.run('Building', () => Promise.reject(failure))).rejects.toBe(failure);

    expect(screen.lines.at(-1)).toBe('✗ Building');
  });
});
