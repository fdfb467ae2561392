import { Command, InvalidArgumentError } from 'commander';
import { type Combination, EXTRACTED, everyCombination } from './combinations.js';
import { shopTestFiles } from './shop-tests.js';

/** What somebody asks of `extraction bindings`. */
export interface BindingsWish {
  /** The first is what the others are held against. */
  readonly combinations: readonly Combination[];
  /** Undefined: the real file, or a made-up one. */
  readonly file: string | undefined;
  readonly tests: 'all' | readonly string[];
  readonly asJson: boolean;
}

interface Options {
  readonly remote: readonly Combination[];
  readonly all?: boolean;
  readonly file?: string;
  /** Undefined where nothing is said of them. */
  readonly tests?: readonly string[] | false;
  readonly json?: boolean;
}

/** The command line of `bindings`. */
export function bindingsCommand(grant: (wish: BindingsWish) => Promise<void>): Command {
  return new Command('bindings')
    .description(
      'Imports a file of orders and runs the tests of the shop in combinations of bindings, and compares the sums to the penny.',
    )
    .option('--remote <modules>', 'a combination, with commas between; may be given several times', combination, [])
    .option('--all', `every combination of ${EXTRACTED.join(', ')}`)
    .option(
      '--file <file>',
      'the orders, as `pnpm import:retail` takes them; the real ones beside the checkout, else made-up ones',
    )
    .option('--tests <names>', 'of the tests of the shop only these, with commas between', testFiles)
    .option('--no-tests', 'import only')
    .option('--json', 'print what came of it as JSON')
    .action(({ remote, all = false, file, tests, json = false }: Options) =>
      grant({
        combinations: all ? everyCombination(EXTRACTED) : [[], ...remote],
        file,
        tests: tests === false ? [] : (tests ?? 'all'),
        asJson: json,
      }),
    );
}

function combination(text: string, before: readonly Combination[]): readonly Combination[] {
  const modules = text.split(',').map((name) => name.trim());
  const unknown = modules.find((module) => !/^[a-z][a-z0-9-]*$/.test(module));
  if (unknown !== undefined) throw new InvalidArgumentError(`'${unknown}' is the name of no module.`);
  return [...before, modules];
}

/** Looked at before anything is begun: the tests come after an import that takes minutes. */
function testFiles(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  const there = shopTestFiles();
  const unknown = names.find((name) => !there.includes(name));
  if (unknown === undefined) return names;
  throw new InvalidArgumentError(`The shop has no tests of the name '${unknown}'. It has ${there.join(', ')}.`);
}
