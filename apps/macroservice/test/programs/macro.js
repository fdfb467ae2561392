/** `macro`, with its arguments in MACRO_ARGUMENTS, to be killed. Announces what it printed. */
import { runMacro } from '@macrolith/cli';

let printed = '';
const write = (text) => {
  printed += text;
};
const code = await runMacro(JSON.parse(process.env.MACRO_ARGUMENTS), {
  out: { write },
  err: { write },
  environment: process.env,
});
process.send({ ready: `${code} ${printed}` }, () => process.exit(code));
