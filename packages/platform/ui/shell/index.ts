/** The shell page: reads what the server wrote into it, and shows the modules. */
import { SHELL_DOCUMENT_ID, type ShellDocument } from '@macrolith/ui/manifest';
import './module/ml-module-view.js';
import { MlShell } from './ml-shell.js';
import { followLinkClicks } from './router/link-clicks.js';
import { followSystemTheme } from './theme/theme.js';

const written = document.getElementById(SHELL_DOCUMENT_ID)?.textContent ?? '';

followSystemTheme();
followLinkClicks();

const shell = new MlShell();
shell.document = JSON.parse(written) as ShellDocument;
document.body.append(shell);
